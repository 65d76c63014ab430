import { SatchelError } from "../../contract/errors.ts";
import { openCatalog } from "../catalog/database.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import { openResourceReader } from "../exports/dataset/resource-reader.ts";
import { openRowMaker } from "../exports/dataset/row-makers.ts";
import type { ResourceAnswer, ResourceQuestion } from "./side-messages.ts";

/** Characters of JSON that are shown: an attachment may have millions. */
const MOST_SHOWN = 200_000;
const MOST_ROWS = 50;

/** One resource of a chunk before and after the policy. @throws SOURCE_ANSWER, LEAK, USAGE (the view) */
export function examineResource({ source, part, chunk, place }: ResourceQuestion): ResourceAnswer {
  const catalog = openCatalog(source.catalog.path, Buffer.from(source.catalog.key), { readOnly: true });
  try {
    return catalog.read(() => {
      if (recordsGeneration(catalog) !== source.generation)
        throw new SatchelError("SOURCE_ANSWER", "The records changed while they were looked at.", "Look again.");
      const reader = openResourceReader(catalog, source.settings);
      const { before, type, withheld, treatments, leaving } = reader.examine(chunk, place);
      const maker = openRowMaker(source.kind, part);
      const { encoding } = part;
      const table =
        maker === undefined || encoding.kind !== "table"
          ? null
          : {
              columns: encoding.settings.columns.map(({ name }) => name),
              rows:
                leaving === undefined
                  ? []
                  : maker
                      .rows(leaving.resource)
                      .slice(0, MOST_ROWS)
                      .map((row) => [...row]),
            };
      const shown = pretty(before);
      const after = leaving === undefined ? null : pretty(leaving.json());
      return {
        type,
        before: shown.slice(0, MOST_SHOWN),
        after: after === null ? null : after.slice(0, MOST_SHOWN),
        truncated: shown.length > MOST_SHOWN || (after?.length ?? 0) > MOST_SHOWN,
        withheld,
        treatments,
        table,
      };
    });
  } finally {
    catalog.close();
  }
}

/** With line ends, and every number as it was written: text outside of strings is only moved. */
function pretty(json: string): string {
  const pieces: string[] = [];
  let [length, depth, last] = [0, 0, ""];
  const add = (piece: string): void => {
    pieces.push(piece);
    length += piece.length;
  };
  for (const [token] of json.matchAll(/"(?:[^"\\]+|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const closes = token === "}" || token === "]";
    const opened = last === "{" || last === "[";
    if (closes) depth--;
    if (last === "," || opened !== closes) add(`\n${"  ".repeat(depth)}`);
    add(token === ":" ? ": " : token);
    if (token === "{" || token === "[") depth++;
    last = token;
    // What is shown is enough; there may be megabytes.
    if (length > MOST_SHOWN) break;
  }
  return pieces.join("");
}

import { LineCounter, parseDocument } from "yaml";
import { isJsonObject, type Json, type JsonObject } from "../../fhir/json.ts";
import type { Dialect } from "./rules.ts";
import { refuseRules } from "./refusals.ts";

/** Microsoft's longest sample has 13 kB. */
const LONGEST = 1_000_000;

/**
 * The document as plain data. Of YAML all scalars come as text, so that a ZIP area of 036 or a key of 1e3 stays what was written.
 *
 * @param name the file's, for errors
 * @throws USAGE where it is neither; a name that stands twice, an anchor's alias and a tag are refused
 */
export function readDocument(name: string, text: string): { dialect: Dialect; document: JsonObject } {
  if (text.length > LONGEST) throw refuseRules(name, "they are too long.", "Check which file was chosen.");
  const own = text.replace(/^\uFEFF/, "");
  const dialect = own.trimStart().startsWith("{") ? "microsoft" : "miracum";
  const fromYaml = readYaml(name, own);
  const document = dialect === "microsoft" ? readJson(name, own) : fromYaml;
  if (!isJsonObject(document))
    throw refuseRules(
      name,
      "they are neither an object of JSON nor a mapping of YAML.",
      "Check which file was chosen.",
    );
  return { dialect, document };
}

function readJson(name: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // The message of JSON.parse quotes the text, and a key may stand there.
    throw refuseRules(name, "they are no valid JSON.", "Correct the document; comments are no JSON.");
  }
}

/** JSON is YAML as well, and this finds names that stand twice, of which JSON.parse would take the last. */
function readYaml(name: string, text: string): Json {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { schema: "failsafe", uniqueKeys: true, lineCounter: lines, prettyErrors: false });
  const [problem] = [...parsed.errors, ...parsed.warnings];
  if (problem !== undefined) {
    const { line } = lines.linePos(problem.pos[0]);
    const why = problem.code === "DUPLICATE_KEY" ? "a name stands twice" : "the document cannot be read";
    throw refuseRules(name, `${why}, at line ${line}.`, "Correct the document.");
  }
  try {
    return parsed.toJS({ maxAliasCount: 0 }) as Json;
  } catch {
    throw refuseRules(name, "they make use of aliases.", "Write out what the aliases stand for.");
  }
}

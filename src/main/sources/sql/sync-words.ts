import { createHash } from "node:crypto";
import type { IndexedWord } from "../records-source.ts";
import { QueryBuilder, referencesOf } from "./build-query.ts";
import { joinTexts, textOf, type SqlSync } from "./sync-context.ts";

/** They are held in memory, here and by the scrubber. */
const MOST_WORDS = 200_000;

/** Puts the names of staff, wards and places. @returns a digest of the wards: their names stand in the histories of patients */
export async function syncWords(sync: SqlSync): Promise<string> {
  const words = new Map<string, IndexedWord>();
  for (const part of sync.mapping.words)
    for (const text of part.texts) {
      const builder = new QueryBuilder(sync.session.dialect, part);
      const { standsFor } = part;
      const columns = [...referencesOf(text), ...(standsFor === undefined ? [] : [standsFor])].map((one) =>
        builder.column(one),
      );
      for await (const rows of sync.session.read(builder.select(columns, { distinct: true }))) {
        for (const row of rows) {
          const joined = joinTexts(standsFor === undefined ? row : row.slice(0, -1));
          if (joined === "" || words.size >= MOST_WORDS) continue;
          const meant = standsFor === undefined ? {} : { standsFor: textOf(row.at(-1)) };
          words.set(`${part.kind} ${joined}`, { kind: part.kind, text: joined, ...meant });
        }
        sync.progress({ phase: "words", step: "Reading names of staff and wards", done: words.size, total: null });
        await sync.breathe();
      }
    }
  if (words.size >= MOST_WORDS)
    sync.report.notices.push(
      `More than ${MOST_WORDS} names of staff, wards and places: the scrubber knows only so many.`,
    );
  sync.target.putWords(words.values());
  const wards = [...words.values()].filter((word) => word.kind === "ward").map((word) => [word.text, word.standsFor]);
  return createHash("sha256").update(JSON.stringify(wards)).digest("hex");
}

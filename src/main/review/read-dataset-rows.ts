import { SatchelError } from "../../contract/errors.ts";
import { openCatalog } from "../catalog/database.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import { openResourceReader } from "../exports/dataset/resource-reader.ts";
import { openRowMaker } from "../exports/dataset/row-makers.ts";
import type { DatasetRowsAnswer, DatasetRowsQuestion } from "./side-messages.ts";

/** The first rows that the resources of a chunk make. @throws SOURCE_ANSWER, LEAK, USAGE (the view) */
export function readDatasetRows({ source, part, chunk, rows: most, read }: DatasetRowsQuestion): DatasetRowsAnswer {
  const catalog = openCatalog(source.catalog.path, Buffer.from(source.catalog.key), { readOnly: true });
  try {
    return catalog.read(() => {
      if (recordsGeneration(catalog) !== source.generation)
        throw new SatchelError("SOURCE_ANSWER", "The records changed while they were looked at.", "Look again.");
      const maker = openRowMaker(source.kind, part);
      const reader = openResourceReader(catalog, source.settings);
      const answer: DatasetRowsAnswer = { rows: [], resources: 0, withheld: 0 };
      if (maker === undefined) return answer;
      for (const { resource } of reader.read(chunk)) {
        for (const row of maker.rows(resource)) if (answer.rows.length < most) answer.rows.push([...row]);
        const outcomes = Object.values(reader.outcome());
        answer.resources = outcomes.reduce((sum, one) => sum + one.read, 0);
        if (answer.rows.length >= most || answer.resources >= read) break;
      }
      const outcomes = Object.values(reader.outcome());
      answer.resources = outcomes.reduce((sum, one) => sum + one.read, 0);
      answer.withheld = outcomes.reduce((sum, one) => sum + one.read - one.exported, 0);
      return answer;
    });
  } finally {
    catalog.close();
  }
}

import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { FileField } from "../../parts/folder-field.tsx";
import { ENCODINGS, type RecordsDraft } from "./records-draft.ts";

/** Names under which databases of SQLite are kept. */
const SQLITE_EXTENSIONS = ["sqlite", "sqlite3", "db", "db3"];
const CSV_EXTENSIONS = ["csv", "tsv", "txt"];

/** A SQLite or CSV file. */
export function RecordFileFields(props: {
  draft: RecordsDraft;
  onChange: (part: Partial<RecordsDraft>) => void;
}): ReactNode {
  const { draft, onChange } = props;
  const { recordSources: labels } = useLabels();
  const isCsv = draft.kind === "csv";
  return (
    <>
      <FileField
        label={isCsv ? labels.csvFile : labels.sqliteFile}
        description={isCsv ? labels.csvFileHelp : labels.sqliteFileHelp}
        purpose="open"
        extensions={isCsv ? CSV_EXTENSIONS : SQLITE_EXTENSIONS}
        value={draft.path}
        onChange={(path) => onChange({ path })}
      />
      {isCsv && (
        <Select
          label={labels.encoding}
          description={labels.encodingHelp}
          allowDeselect={false}
          data={ENCODINGS.map((encoding) => ({ value: encoding, label: labels.encodings[encoding] }))}
          value={draft.encoding}
          onChange={(next) => next !== null && onChange({ encoding: next })}
        />
      )}
    </>
  );
}

import { Button, Text, Title } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { FileField } from "../../parts/folder-field.tsx";
import { useFormat } from "../../parts/format.ts";
import type { AuditFilter } from "./audit-filters.tsx";
import classes from "./audit.module.css";

/** Writes the records that fit into a new file. */
export function ExportCsv({ filter }: { filter: AuditFilter }): ReactNode {
  const { audit: labels } = useLabels();
  const format = useFormat();
  const [file, setFile] = useState("");
  const write = useCall("audit.export");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file.trim() !== "") write.mutate({ ...filter, file: file.trim() });
  };
  return (
    <form className={classes.record} onSubmit={submit}>
      <Title order={2}>{labels.exportTitle}</Title>
      <Text size="sm">{labels.exportHelp}</Text>
      <FileField
        label={labels.exportFile}
        purpose="save"
        name={labels.exportName}
        extensions={["csv"]}
        value={file}
        onChange={setFile}
      />
      <div>
        <Button type="submit" disabled={file.trim() === ""} loading={write.isPending}>
          {labels.exportAction}
        </Button>
      </div>
      {write.error !== null && <ErrorNotice error={write.error} onDismiss={() => write.reset()} />}
      {write.data !== undefined && (
        <Text role="status">
          {labels.exported(write.data.records, format.count(write.data.records), write.variables.file)}
        </Text>
      )}
    </form>
  );
}

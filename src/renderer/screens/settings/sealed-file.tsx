import { Button, Text } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { FileField } from "../../parts/folder-field.tsx";
import { useFormat } from "../../parts/format.ts";
import { NewPassphrase } from "../unlock/new-passphrase.tsx";
import classes from "./settings.module.css";

interface SealedFileProps {
  what: "export" | "crosswalk";
  /** Of the key. */
  name: string;
  /** With words about what was written, or without where nothing was. */
  onDone: (words?: string) => void;
}

/** Writes a key, or the crosswalk of one, into a file with a passphrase of its own. */
export function SealedFile({ what, name, onDone }: SealedFileProps): ReactNode {
  const { settings: labels, parts } = useLabels();
  const format = useFormat();
  const [file, setFile] = useState("");
  const [passphrase, setPassphrase] = useState<string>();
  const exportKey = useCall("keys.export");
  const crosswalk = useCall("keys.crosswalk");
  const title = what === "export" ? labels.exportKeyOf(name) : labels.crosswalkOf(name);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file.trim() === "" || passphrase === undefined) return;
    const request = { name, file: file.trim(), passphrase };
    if (what === "export") exportKey.mutate(request, { onSuccess: () => onDone(labels.keyExported(request.file)) });
    else
      crosswalk.mutate(request, {
        onSuccess: ({ patients }) => onDone(labels.crosswalkWritten(patients, format.count(patients), request.file)),
      });
  };
  const failed = exportKey.error ?? crosswalk.error;
  return (
    <form className={classes.form} aria-label={title} onSubmit={submit}>
      <Text fw={600}>{title}</Text>
      <Text size="sm">{what === "export" ? labels.exportKeyHelp : labels.crosswalkHelp}</Text>
      <FileField
        label={labels.file}
        purpose="save"
        name={what === "export" ? `${name}.satchel-key` : `${name}.satchel-crosswalk`}
        value={file}
        onChange={setFile}
      />
      <NewPassphrase label={labels.filePassphrase} againLabel={labels.filePassphraseAgain} onChange={setPassphrase} />
      {failed !== null && (
        <ErrorNotice
          error={failed}
          onDismiss={() => {
            exportKey.reset();
            crosswalk.reset();
          }}
        />
      )}
      <div className={classes.buttons}>
        <Button
          type="submit"
          loading={exportKey.isPending || crosswalk.isPending}
          disabled={file.trim() === "" || passphrase === undefined}
        >
          {labels.write}
        </Button>
        <Button variant="subtle" onClick={() => onDone()}>
          {parts.cancel}
        </Button>
      </div>
    </form>
  );
}

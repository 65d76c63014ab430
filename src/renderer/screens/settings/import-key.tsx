import { Button, TextInput } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { FileField } from "../../parts/folder-field.tsx";
import { SecretField } from "../../parts/secret-field.tsx";
import classes from "./settings.module.css";

/** Takes in a key that was exported elsewhere. */
export function ImportKey({ onDone }: { onDone: (words?: string) => void }): ReactNode {
  const { settings: labels, parts } = useLabels();
  const [file, setFile] = useState("");
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const take = useCall("keys.import");
  const ready = file.trim() !== "" && name.trim() !== "" && passphrase !== "";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    take.mutate(
      { name: name.trim(), file: file.trim(), passphrase },
      { onSuccess: (key) => onDone(labels.keyImported(key.name)) },
    );
  };
  return (
    <form className={classes.form} aria-label={labels.importKey} onSubmit={submit}>
      <FileField label={labels.file} purpose="open" value={file} onChange={setFile} />
      <SecretField
        label={labels.importPassphrase}
        value={passphrase}
        autoComplete="off"
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      <TextInput
        label={labels.importName}
        description={labels.newKeyHelp}
        value={name}
        spellCheck={false}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {take.error !== null && <ErrorNotice error={take.error} onDismiss={() => take.reset()} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={take.isPending} disabled={!ready}>
          {labels.import}
        </Button>
        <Button variant="subtle" onClick={() => onDone()}>
          {parts.cancel}
        </Button>
      </div>
    </form>
  );
}

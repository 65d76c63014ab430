import { Button, TextInput } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import classes from "./settings.module.css";

export function NewKey({ onDone }: { onDone: () => void }): ReactNode {
  const { settings: labels, parts } = useLabels();
  const [name, setName] = useState("");
  const make = useCall("keys.new");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== "") make.mutate({ name: name.trim() }, { onSuccess: () => onDone() });
  };
  return (
    <form className={classes.form} aria-label={labels.newKey} onSubmit={submit}>
      <TextInput
        label={labels.keyName}
        description={labels.newKeyHelp}
        value={name}
        autoFocus
        spellCheck={false}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {make.error !== null && <ErrorNotice error={make.error} onDismiss={() => make.reset()} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={make.isPending} disabled={name.trim() === ""}>
          {labels.makeKey}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {parts.cancel}
        </Button>
      </div>
    </form>
  );
}

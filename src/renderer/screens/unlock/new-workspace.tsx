import { Button } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { NewPassphrase } from "./new-passphrase.tsx";
import classes from "./unlock.module.css";

export function NewWorkspace(): ReactNode {
  const { welcome } = useLabels();
  const make = useCall("workspace.open");
  const [passphrase, setPassphrase] = useState<string>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (passphrase !== undefined && !make.isPending) make.mutate({ passphrase });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <NewPassphrase label={welcome.passphrase} againLabel={welcome.again} autoFocus onChange={setPassphrase} />
      <StateBadge tone="attention">{welcome.cannotRecover}</StateBadge>
      {make.error !== null && <ErrorNotice error={make.error} onDismiss={() => make.reset()} />}
      <Button type="submit" size="md" loading={make.isPending} disabled={passphrase === undefined}>
        {welcome.make}
      </Button>
    </form>
  );
}

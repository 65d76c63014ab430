import { Button, PasswordInput, Text } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { PassphraseStrength } from "./strength-words.tsx";
import classes from "./unlock.module.css";

export function NewWorkspace(): ReactNode {
  const { welcome } = useLabels();
  const make = useCall("workspace.open");
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const different = again !== "" && again !== passphrase;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (passphrase !== "" && passphrase === again && !make.isPending) make.mutate({ passphrase });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <PasswordInput
        label={welcome.passphrase}
        value={passphrase}
        autoFocus
        autoComplete="new-password"
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      <PassphraseStrength passphrase={passphrase} />
      <PasswordInput
        label={welcome.again}
        value={again}
        autoComplete="new-password"
        error={different && !passphrase.startsWith(again) ? welcome.different : undefined}
        onChange={(event) => setAgain(event.currentTarget.value)}
      />
      <Text size="sm" component="div">
        <StateBadge tone="attention">{welcome.cannotRecover}</StateBadge>
      </Text>
      {make.error !== null && <ErrorNotice error={make.error} onDismiss={() => make.reset()} />}
      <Button type="submit" size="md" loading={make.isPending} disabled={passphrase === "" || passphrase !== again}>
        {welcome.make}
      </Button>
    </form>
  );
}

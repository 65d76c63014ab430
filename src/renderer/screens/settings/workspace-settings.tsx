import { Button, Text } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { useAnswer, useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { Facts } from "../../parts/facts.tsx";
import { SecretField } from "../../parts/secret-field.tsx";
import { NewPassphrase } from "../unlock/new-passphrase.tsx";
import { Section } from "./section.tsx";
import classes from "./settings.module.css";

/** Where the workspace is, and a new passphrase for it. */
export function WorkspaceSettings(): ReactNode {
  const { settings: labels } = useLabels();
  const place = useAnswer("shell.describe", {}).data?.workspace;
  const [changing, setChanging] = useState(false);
  const change = useCall("workspace.changePassphrase");
  return (
    <Section title={labels.workspace} help={labels.workspaceHelp}>
      <Facts items={[[labels.workspacePlace, place]]} />
      {changing ? (
        <ChangePassphrase change={change} onDone={() => setChanging(false)} />
      ) : (
        <div>
          <Button variant="default" onClick={() => setChanging(true)}>
            {labels.changePassphrase}
          </Button>
        </div>
      )}
      {!changing && change.isSuccess && <Text role="status">{labels.changed}</Text>}
    </Section>
  );
}

function ChangePassphrase(props: {
  change: ReturnType<typeof useCall<"workspace.changePassphrase">>;
  onDone: () => void;
}): ReactNode {
  const { change, onDone } = props;
  const { settings: labels, parts } = useLabels();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState<string>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (next !== undefined && current !== "") change.mutate({ current, next }, { onSuccess: onDone });
  };
  return (
    <form className={classes.form} aria-label={labels.changePassphrase} onSubmit={submit}>
      <SecretField
        label={labels.currentPassphrase}
        value={current}
        autoComplete="current-password"
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <NewPassphrase label={labels.newPassphrase} againLabel={labels.newAgain} onChange={setNext} />
      {change.error !== null && <ErrorNotice error={change.error} onDismiss={() => change.reset()} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={change.isPending} disabled={next === undefined || current === ""}>
          {labels.change}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {parts.cancel}
        </Button>
      </div>
    </form>
  );
}

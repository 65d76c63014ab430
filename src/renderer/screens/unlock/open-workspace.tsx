import { Button } from "@mantine/core";
import { useRef, useState, type FormEvent, type ReactNode } from "react";
import { SatchelError } from "../../../contract/errors.ts";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { SecretField } from "../../parts/secret-field.tsx";
import classes from "./unlock.module.css";

export function OpenWorkspace(): ReactNode {
  const { welcome } = useLabels();
  const open = useCall("workspace.open");
  const [passphrase, setPassphrase] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (passphrase === "" || open.isPending) return;
    open.mutate(
      { passphrase },
      {
        onError: () => {
          field.current?.focus();
          field.current?.select();
        },
      },
    );
  };
  const wrong = open.error instanceof SatchelError && open.error.code === "WRONG_KEY";
  return (
    <form className={classes.form} onSubmit={submit}>
      <SecretField
        ref={field}
        label={welcome.passphrase}
        value={passphrase}
        autoFocus
        autoComplete="current-password"
        error={wrong}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      {open.error !== null && <ErrorNotice error={open.error} onDismiss={() => open.reset()} />}
      <Button type="submit" size="md" loading={open.isPending} disabled={passphrase === ""}>
        {welcome.open}
      </Button>
    </form>
  );
}

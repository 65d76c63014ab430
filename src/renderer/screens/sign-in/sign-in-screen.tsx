import { Button, Text, TextInput, Title } from "@mantine/core";
import { IconUser } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type FormEvent, type ReactNode } from "react";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { LiveRegion } from "../../parts/announce.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { SecretField } from "../../parts/secret-field.tsx";
import classes from "../unlock/unlock.module.css";

/** The workspace is open and has accounts: nothing of it is shown before somebody has signed in. */
export function SignInScreen(): ReactNode {
  const { frame, welcome } = useLabels();
  const words = welcome.signIn;
  const answers = useQueryClient();
  const signIn = useCall("users.signIn");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  useEffect(() => {
    document.title = `${words.title} · ${frame.product}`;
  }, [words, frame]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name === "" || password === "" || signIn.isPending) return;
    signIn.mutate(
      { name, password },
      {
        // What was answered to whoever sat here before is not shown to the next.
        onSuccess: () => void answers.resetQueries(),
        onError: () => setPassword(""),
      },
    );
  };
  return (
    <main className={classes.screen}>
      <div className={classes.card}>
        <IconUser size={32} stroke={1.5} aria-hidden />
        <Title order={1}>{words.title}</Title>
        <Text>{words.text}</Text>
        <form className={classes.form} onSubmit={submit}>
          <TextInput
            label={words.name}
            value={name}
            autoFocus
            autoComplete="username"
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <SecretField
            label={words.password}
            value={password}
            autoComplete="current-password"
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {signIn.error !== null && <ErrorNotice error={signIn.error} onDismiss={() => signIn.reset()} />}
          <Button type="submit" size="md" loading={signIn.isPending} disabled={name === "" || password === ""}>
            {words.action}
          </Button>
        </form>
      </div>
      <LiveRegion />
    </main>
  );
}

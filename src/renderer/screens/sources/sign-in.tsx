import { Anchor, Button, Group, Text } from "@mantine/core";
import { IconExternalLink, IconLogin2 } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import type { SourceSummary } from "../../../contract/calls/sources.ts";
import type { Client } from "../../../contract/rpc.ts";
import type { Calls } from "../../../contract/calls.ts";
import { useClient } from "../../client/client.tsx";
import { useStream } from "../../client/stream.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import classes from "./sources.module.css";

type SignInEvent = ReturnType<Client<Calls>["sourceAuth.signIn"]> extends AsyncIterable<infer Event> ? Event : never;

/** A person signs in at the server in a browser; how far that is, and a way to leave it. */
export function SignIn({ source, onSignedIn }: { source: SourceSummary; onSignedIn: () => void }): ReactNode {
  const { card: labels } = useLabels().resourceSources;
  const client = useClient();
  const signIn = useStream<SignInEvent>();
  const [done, setDone] = useState(false);
  const { latest, running, error, start, cancel } = signIn;
  const begin = (): void => {
    setDone(false);
    start(
      (signal) => client["sourceAuth.signIn"]({ name: source.name }, signal),
      (event) => {
        if (event.type !== "result") return;
        setDone(true);
        onSignedIn();
      },
    );
  };
  return (
    <section className={classes.access} aria-label={labels.signInOf(source.name)}>
      {!source.hasSecret && !running && <StateBadge tone="attention">{labels.notSignedIn}</StateBadge>}
      {running ? (
        <>
          <div role="status">
            <StateBadge tone="running">{latest === undefined ? labels.preparing : labels.waiting}</StateBadge>
          </div>
          {latest?.type === "address" && <Address address={latest.address} opened={latest.opened} />}
          <Group>
            <Button size="compact-sm" variant="default" onClick={cancel}>
              {labels.cancel}
            </Button>
          </Group>
        </>
      ) : (
        <Group>
          <Button
            variant={source.hasSecret ? "default" : "filled"}
            leftSection={<IconLogin2 size={16} aria-hidden />}
            disabled={source.state === "syncing"}
            onClick={begin}
          >
            {source.hasSecret ? labels.signInAgain : labels.signIn}
          </Button>
          <Text size="sm" role="status">
            {done ? labels.signedIn : ""}
          </Text>
        </Group>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
    </section>
  );
}

/** The address is the server's own word: only one of the web is ever a link. */
function Address({ address, opened }: { address: string; opened: boolean }): ReactNode {
  const { card: labels } = useLabels().resourceSources;
  return (
    <>
      <Text size="sm">{opened ? labels.opened : labels.openText}</Text>
      {/^https?:\/\//i.test(address) && (
        <Anchor href={address} target="_blank" rel="noopener noreferrer" size="sm">
          <Group gap={4} component="span" display="inline-flex">
            {labels.open}
            <IconExternalLink size={14} aria-hidden />
          </Group>
        </Anchor>
      )}
    </>
  );
}

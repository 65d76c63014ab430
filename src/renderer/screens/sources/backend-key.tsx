import { Button, CopyButton, Group, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import type { SourceSummary } from "../../../contract/calls/sources.ts";
import { useAnswer, useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import classes from "./sources.module.css";

/** The public key of SMART backend services, to copy; made where there is none yet. */
export function BackendKey({ source }: { source: SourceSummary }): ReactNode {
  const { name, hasSecret } = source;
  const { card: labels } = useLabels().resourceSources;
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const make = useCall("sourceAuth.makeKey");
  const busy = make.isPending || source.state === "syncing";
  return (
    <section className={classes.access} aria-label={labels.publicKey}>
      {!hasSecret && <StateBadge tone="attention">{labels.noKey}</StateBadge>}
      <Group gap="xs">
        {hasSecret ? (
          <>
            <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? labels.hideKey : labels.showKey}
            </Button>
            <Button size="compact-sm" variant="default" disabled={busy} onClick={() => setAsking(true)}>
              {labels.newKey}
            </Button>
          </>
        ) : (
          <Button leftSection={<IconKey size={16} aria-hidden />} disabled={busy} onClick={() => make.mutate({ name })}>
            {labels.makeKey}
          </Button>
        )}
      </Group>
      {hasSecret && open && <PublicKey name={name} />}
      <Confirm
        opened={asking}
        title={labels.newKeyTitle(name)}
        confirmLabel={labels.makeKey}
        busy={make.isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() =>
          make.mutate(
            { name, replace: true },
            {
              onSuccess: () => setOpen(true),
              onSettled: () => setAsking(false),
            },
          )
        }
      >
        {labels.newKeyText}
      </Confirm>
      {make.error !== null && <ErrorNotice error={make.error} onDismiss={() => make.reset()} />}
    </section>
  );
}

function PublicKey({ name }: { name: string }): ReactNode {
  const { card: labels } = useLabels().resourceSources;
  const answer = useAnswer("sourceAuth.publicKeys", { name });
  if (answer.error !== null) return <ErrorNotice error={answer.error} />;
  if (answer.data === undefined) return null;
  const text = JSON.stringify(answer.data, undefined, 2);
  return (
    <div>
      <Text size="sm">{labels.publicKeyText}</Text>
      <pre className={classes.statements} tabIndex={0} aria-label={labels.publicKey}>
        {text}
      </pre>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" onClick={copy}>
            {copied ? labels.copied : labels.copyKey}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}

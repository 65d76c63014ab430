import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { StateBadge } from "../../parts/state-badge.tsx";

/** The verification of the chain, begun by the screen and shown by ChainVerdict. */
export function useChain() {
  return { verify: useCall("audit.verify") };
}

/** What the verification of the chain said, in words, with what it cannot say. */
export function ChainVerdict({ chain }: { chain: ReturnType<typeof useChain> }): ReactNode {
  const { audit: labels } = useLabels();
  const format = useFormat();
  const { data, error } = chain.verify;
  if (error !== null) return <ErrorNotice error={error} onDismiss={() => chain.verify.reset()} />;
  if (data === undefined) return null;
  const shown = format.count(data.records);
  if (data.problem !== undefined) return <ErrorNotice error={data.problem} />;
  return (
    <Group gap="sm" role="status">
      <StateBadge tone={data.ok ? "verified" : "failed"}>
        {data.ok ? labels.intact(data.records, shown) : labels.broken(shown)}
      </StateBadge>
      {data.ok && (
        <Text size="xs" c="dimmed">
          {labels.intactLimit(shown)}
        </Text>
      )}
    </Group>
  );
}

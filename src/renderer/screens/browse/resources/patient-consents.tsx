import { Button, Stack, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { ErrorNotice } from "../../../parts/error-notice.tsx";
import { useFormat } from "../../../parts/format.ts";
import { StateBadge } from "../../../parts/state-badge.tsx";
import { codeAlone } from "./resource-facets.ts";
import { sayDay } from "./resource-columns.tsx";
import styles from "../browse.module.css";

/** What a patient agreed to and refused: what holds now, and what came before. */
export function PatientConsents({ source, patient }: { source: string; patient: string }): ReactNode {
  const { browseResources } = useLabels();
  const labels = browseResources.consents;
  const [all, setAll] = useState(false);
  const { data, error } = useAnswer("resources.consents", { source, patient }, { keepPrevious: true });
  if (error !== null) return <ErrorNotice error={error} />;
  if (data === undefined) return null;
  const now = data.filter(({ current }) => current);
  const earlier = data.length - now.length;
  return (
    <section aria-label={labels.title}>
      <Text fw={600}>{labels.title}</Text>
      {data.length === 0 && (
        <Text size="sm" c="dimmed">
          {labels.none}
        </Text>
      )}
      <ul className={styles.list}>
        {(all ? data : now).map((consent, index) => (
          <li key={index}>
            <Consent {...consent} />
          </li>
        ))}
      </ul>
      {earlier > 0 && (
        <Button size="compact-sm" variant="default" mt={4} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? labels.hideEarlier : labels.showEarlier}
        </Button>
      )}
    </section>
  );
}

function Consent(consent: {
  scope: string;
  decision: "permit" | "deny";
  decidedAt: string;
  until: string;
  origin: string;
  current: boolean;
}): ReactNode {
  const { scope, decision, decidedAt, until, origin, current } = consent;
  const { browseResources } = useLabels();
  const labels = browseResources.consents;
  const format = useFormat();
  const when = (iso: string): string => (iso.length > 10 ? format.dateTime(iso) : sayDay(iso, format));
  const facts = [
    ...(decidedAt === "" ? [] : [labels.decided(when(decidedAt))]),
    ...(until === "" ? [] : [labels.until(when(until))]),
    origin,
    ...(current ? [] : [labels.earlier]),
  ];
  return (
    <Stack gap={0} py={4}>
      <StateBadge tone={decision === "deny" && current ? "attention" : "neutral"}>
        {labels[decision](scope === "*" ? labels.everything : codeAlone(scope))}
      </StateBadge>
      <Text size="sm" c="dimmed">
        <bdi>{facts.join(" · ")}</bdi>
      </Text>
    </Stack>
  );
}

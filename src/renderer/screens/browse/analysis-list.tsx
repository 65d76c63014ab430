import { Accordion, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import styles from "./browse.module.css";

interface Analysis {
  name: string;
  source: string;
  json: string;
  truncated: boolean;
}

/** Results of AI as they came, one below the other, closed until they are wanted. */
export function AnalysisList({ analyses }: { analyses: readonly Analysis[] }): ReactNode {
  const { browse: labels } = useLabels();
  return (
    <Accordion multiple variant="contained" chevronPosition="left" defaultValue={analyses.length === 1 ? ["0"] : []}>
      {analyses.map((analysis, at) => (
        <Accordion.Item key={`${analysis.source} ${analysis.name}`} value={String(at)}>
          <Accordion.Control>
            <Text size="sm" fw={600} dir="auto">
              {analysis.name}
            </Text>
            <Text size="xs" c="dimmed">
              {labels.panel.fromSource(analysis.source)}
            </Text>
          </Accordion.Control>
          <Accordion.Panel>
            {analysis.truncated ? <Text size="sm">{labels.panel.shortened}</Text> : null}
            {/* It scrolls, so the keyboard must be able to stand on it. */}
            <pre className={styles.json} tabIndex={0} role="region" aria-label={analysis.name}>
              {indentJson(analysis)}
            </pre>
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

/** What was cut short is no JSON any more and is shown as it is. */
function indentJson({ json, truncated }: Analysis): string {
  if (truncated) return json;
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

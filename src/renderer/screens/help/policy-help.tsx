import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { POLICY_OPTIONS } from "../../../contract/policy.ts";
import { useLabels } from "../../labels/labels.tsx";
import { StandardTerm } from "../../parts/standard-term.tsx";
import classes from "./help.module.css";

interface Choice {
  title: string;
  term?: string;
  meaning: string;
  risk: string;
}

/** Every choice of an export with what it does and what stays risky: the same words as beside the choices themselves. */
export function PolicyHelp(): ReactNode {
  const { policy, help } = useLabels();
  const choices: readonly Choice[] = [
    policy.identified,
    policy.pseudonymised,
    policy.key,
    policy.dates.removed,
    ...POLICY_OPTIONS.map((option) => policy.options[option]),
    policy.held,
  ];
  return choices.map(({ title, term, meaning, risk }) => (
    <article key={title} className={classes.entry}>
      <Title order={3}>{term === undefined ? title : <StandardTerm plain={title} term={term} />}</Title>
      <Text size="sm">{meaning}</Text>
      <Text size="sm">
        <strong>{help.policy.risk}</strong> {risk}
      </Text>
    </article>
  ));
}

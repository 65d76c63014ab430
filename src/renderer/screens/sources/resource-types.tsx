import { Button, Group, Table } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useAnswer } from "../../client/query.ts";
import { isShort, sayIncomplete } from "../../incomplete-words.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import classes from "./sources.module.css";

/** What a source holds of each type, beside what it says that there is. What is short is told without being asked for. */
export function ResourceTypes({ name }: { name: string }): ReactNode {
  const { resourceSources } = useLabels();
  const { card: labels } = resourceSources;
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const answer = useAnswer("resources.types", {});
  const types = (answer.data ?? []).filter(({ source }) => source === name);
  if (answer.error !== null) return <ErrorNotice error={answer.error} />;
  if (types.length === 0) return null;
  const stateOf = (held: (typeof types)[number]): string => {
    if (!held.complete) return isShort(held) ? labels.missing : labels.notCertain;
    return held.expected === null ? labels.notTold : labels.complete;
  };
  return (
    <div className={classes.problems}>
      {sayIncomplete(
        types.filter(({ complete }) => !complete),
        resourceSources,
        format,
      ).map((sentence) => (
        <StateBadge key={sentence} tone="attention">
          {sentence}
        </StateBadge>
      ))}
      <Group>
        <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? labels.hideTypes : labels.showTypes}
        </Button>
      </Group>
      {open && (
        <div className={classes.types} tabIndex={0} role="region" aria-label={labels.typesOf(name)}>
          <Table aria-label={labels.typesOf(name)} verticalSpacing={4} withRowBorders>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{labels.type}</Table.Th>
                <Table.Th scope="col" ta="end">
                  {labels.held}
                </Table.Th>
                <Table.Th scope="col" ta="end">
                  {labels.expected}
                </Table.Th>
                <Table.Th scope="col">{labels.state}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {types.map((held) => (
                <Table.Tr key={held.type}>
                  <Table.Th scope="row" fw={400}>
                    {held.type}
                  </Table.Th>
                  <Table.Td ta="end">{format.count(held.count)}</Table.Td>
                  <Table.Td ta="end">{held.expected === null ? labels.notTold : format.count(held.expected)}</Table.Td>
                  <Table.Td>
                    <StateBadge tone={held.complete ? "neutral" : "attention"}>{stateOf(held)}</StateBadge>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </div>
  );
}

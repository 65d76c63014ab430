import { Button, Group, Table } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import classes from "./sources.module.css";

/** Each is a line: more are told by the table. */
const MOST_NAMED = 3;

/** What a source holds of each type, beside what it says that there is. What is short is told without being asked for. */
export function ResourceTypes({ name }: { name: string }): ReactNode {
  const { card: labels } = useLabels().resourceSources;
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const answer = useAnswer("resources.types", {});
  const types = (answer.data ?? []).filter(({ source }) => source === name);
  if (answer.error !== null) return <ErrorNotice error={answer.error} />;
  if (types.length === 0) return null;
  const countOf = (count: number | null): string => (count === null ? labels.notTold : format.count(count));
  return (
    <div className={classes.problems}>
      {types
        .filter(({ complete }) => !complete)
        .slice(0, MOST_NAMED)
        .map(({ type, expected, received, count }) => (
          <StateBadge key={type} tone="attention">
            {expected === null
              ? labels.incompleteUntold(type)
              : labels.incompleteType(type, format.count(received ?? count), format.count(expected))}
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
              {types.map(({ type, count, expected, complete }) => (
                <Table.Tr key={type}>
                  <Table.Th scope="row" fw={400}>
                    {type}
                  </Table.Th>
                  <Table.Td ta="end">{format.count(count)}</Table.Td>
                  <Table.Td ta="end">{countOf(expected)}</Table.Td>
                  <Table.Td>
                    <StateBadge tone={complete ? "neutral" : "attention"}>
                      {!complete ? labels.missing : expected === null ? labels.notTold : labels.complete}
                    </StateBadge>
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

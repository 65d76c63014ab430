import { Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../../labels/labels.tsx";
import { ErrorNotice } from "../../../parts/error-notice.tsx";
import { useFormat } from "../../../parts/format.ts";
import { StateBadge } from "../../../parts/state-badge.tsx";
import type { ResourcesRecipe } from "./resources-draft.ts";
import classes from "./resources.module.css";
import { useCounts } from "./use-counts.ts";

interface KnownType {
  source: string;
  type: string;
  expected: number | null;
  received: number | null;
  complete: boolean;
}

/** What is in the selection by type, what of it consent keeps here, and whether the source gave all that it has. */
export function TypeCounts({ recipe, types }: { recipe: ResourcesRecipe; types: readonly KnownType[] }): ReactNode {
  const labels = useLabels().resourceExports.what;
  const format = useFormat();
  const { counts, error } = useCounts(recipe);
  if (error !== null) return <ErrorNotice error={error} />;
  if (counts === undefined)
    return (
      <Text size="sm" c="dimmed">
        {labels.counting}
      </Text>
    );
  const wanted = recipe.selection.sources?.map((name) => name.toLowerCase());
  const lackingOf = (type: string): KnownType | undefined =>
    types.find(
      (one) =>
        one.type === type && !one.complete && (wanted === undefined || wanted.includes(one.source.toLowerCase())),
    );
  return (
    <section aria-label={labels.byType} className={classes.scroll} tabIndex={0}>
      <Table className={classes.numbers}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{labels.type}</Table.Th>
            <Table.Th scope="col">{labels.count}</Table.Th>
            <Table.Th scope="col">{labels.withheld}</Table.Th>
            <Table.Th scope="col">{labels.came}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {counts.types.map(({ type, count, refused, withoutConsent }) => {
            const lacking = lackingOf(type);
            const { expected, received } = lacking ?? { expected: null, received: null };
            return (
              <Table.Tr key={type}>
                <Table.Th scope="row">{type}</Table.Th>
                <Table.Td>{format.count(count)}</Table.Td>
                <Table.Td>{format.count(refused + withoutConsent)}</Table.Td>
                <Table.Td>
                  {lacking === undefined ? (
                    labels.complete
                  ) : (
                    <StateBadge tone="attention">
                      {expected === null || received === null
                        ? labels.incomplete
                        : labels.incompleteOf(format.count(received), format.count(expected))}
                    </StateBadge>
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </section>
  );
}

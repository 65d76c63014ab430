import { Table, Text } from "@mantine/core";
import { useEffect, type ReactNode } from "react";
import type { DatasetRecipe } from "../../../../contract/fhir-recipe.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { ErrorNotice } from "../../../parts/error-notice.tsx";
import { useFormat } from "../../../parts/format.ts";
import classes from "./resources.module.css";

const ROWS = 10;

/** The first rows of a table as they will leave. */
export function TablePreviewPanel(props: {
  recipe: DatasetRecipe;
  table?: number;
  /** Told which tables the export has, as soon as that is known. */
  onTables?: (paths: readonly string[]) => void;
}): ReactNode {
  const { recipe, table = 0, onTables } = props;
  const labels = useLabels().resourceExports.review;
  const format = useFormat();
  const answer = useAnswer("views.preview", { recipe, table, limit: ROWS }, { keepPrevious: true });
  const paths = answer.data?.tables;
  useEffect(() => {
    if (paths !== undefined) onTables?.(paths);
  }, [paths, onTables]);
  const { data, error, refetch, isPlaceholderData: isOld } = answer;
  if (error !== null)
    return <ErrorNotice error={error} action={{ label: labels.again, onClick: () => void refetch() }} />;
  if (data === undefined) return <Text size="sm">{labels.reading}</Text>;
  return (
    <section aria-label={labels.rows} aria-busy={isOld} className={isOld ? classes.old : undefined}>
      <Text fw={600} size="sm">
        {labels.rows}: <bdi dir="auto">{data.path}</bdi>
      </Text>
      <Text size="sm" c="dimmed">
        {labels.rowsOf(format.count(data.rows.length), format.count(data.resources), format.count(data.total))}{" "}
        {data.withheld > 0 && labels.rowsWithheld(data.withheld, format.count(data.withheld))}
      </Text>
      {data.rows.length === 0 ? (
        <Text size="sm">{labels.noRows}</Text>
      ) : (
        <RowsTable label={data.path} columns={data.columns.map(({ name }) => name)} rows={data.rows} />
      )}
    </section>
  );
}

/** Rows of any table, in a box that scrolls by itself and by keys. */
export function RowsTable(props: {
  label: string;
  columns: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}): ReactNode {
  const { label, columns, rows } = props;
  return (
    <div role="region" aria-label={label} className={classes.scroll} tabIndex={0}>
      <Table className={classes.cells}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column} scope="col">
                <bdi dir="auto">{column}</bdi>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <Table.Tr key={`${index} ${String(row[0])}`}>
              {row.map((cell, place) => (
                <Table.Td key={columns[place]}>
                  <bdi dir="auto">{cell}</bdi>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

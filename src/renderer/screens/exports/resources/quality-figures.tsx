import { Button, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { MeasureSummary, QualityExamination, QualityTable } from "../../../../contract/calls/fhir-exports.ts";
import { useLabels, useLocale } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { StateBadge } from "../../../parts/state-badge.tsx";
import classes from "./resources.module.css";

interface FiguresProps {
  examination: QualityExamination;
  /** The table whose rows are shown. */
  opened: QualityTable | undefined;
  onOpen: (table: QualityTable) => void;
}

/** What was found, counted; each figure opens its rows. */
export function QualityFigures(props: FiguresProps): ReactNode {
  const labels = useLabels().resourceExports.quality;
  const { examination, opened, onOpen } = props;
  const format = useFormat();
  const rowsButton = (table: QualityTable): ReactNode => (
    <Button
      size="compact-sm"
      variant="default"
      aria-expanded={opened === table}
      aria-label={labels.rowsOf(labels.findings[table])}
      onClick={() => onOpen(table)}
    >
      {labels.rows}
    </Button>
  );
  return (
    <>
      <section aria-label={labels.found}>
        <Title order={3} size="h6">
          {labels.found}
        </Title>
        <div className={classes.findings}>
          {examination.findings.map(({ table, count }) => (
            <div key={table} className={classes.finding}>
              <span className={classes.figure}>{format.count(count)}</span>
              <Text size="sm">{labels.findings[table]}</Text>
              {count === 0 ? (
                <Text size="sm" c="dimmed">
                  {labels.clean}
                </Text>
              ) : (
                rowsButton(table)
              )}
            </div>
          ))}
        </div>
      </section>
      <Completeness {...props}>{rowsButton("completeness")}</Completeness>
      <Measures measures={examination.measures} />
    </>
  );
}

function Completeness({ examination, children }: FiguresProps & { children: ReactNode }): ReactNode {
  const labels = useLabels().resourceExports.quality;
  const format = useFormat();
  const { patients, completeness } = examination;
  return (
    <section aria-label={labels.completeness}>
      <div className={classes.head}>
        <Title order={3} size="h6">
          {labels.completeness}
        </Title>
        {children}
      </div>
      <ul className={classes.bars}>
        {completeness.map(({ type, patients: having }) => {
          const share = patients === 0 ? 0 : having / patients;
          return (
            <li key={type}>
              <bdi dir="auto">{type}</bdi>
              <div className={classes.track} aria-hidden>
                <div className={classes.filled} style={{ width: `${share * 100}%` }} />
              </div>
              <span>{labels.having(format.count(having), format.count(patients), format.percent(share))}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Measures({ measures }: { measures: readonly MeasureSummary[] }): ReactNode {
  const labels = useLabels().resourceExports.quality;
  const format = useFormat();
  const figures = new Intl.NumberFormat(useLocale(), { maximumSignificantDigits: 5 });
  if (measures.length === 0) return null;
  const heads = [
    labels.measure,
    labels.unit,
    labels.count,
    labels.mean,
    labels.deviation,
    labels.minimum,
    labels.median,
    labels.maximum,
    labels.outliers,
  ];
  return (
    <section aria-label={labels.measures}>
      <Title order={3} size="h6">
        {labels.measures}
      </Title>
      <div role="region" aria-label={labels.measures} className={classes.scroll} tabIndex={0}>
        <Table className={classes.numbers}>
          <Table.Thead>
            <Table.Tr>
              {heads.map((head) => (
                <Table.Th key={head} scope="col">
                  {head}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {measures.map((one) => (
              <Table.Tr key={`${one.measure} ${one.unit}`}>
                <Table.Th scope="row">
                  <bdi dir="auto">{one.measure}</bdi>
                </Table.Th>
                <Table.Td>
                  <bdi dir="auto">{one.unit}</bdi>
                  {one.unexpected && (
                    <>
                      {" "}
                      <StateBadge tone="attention">{labels.unexpected}</StateBadge>
                    </>
                  )}
                </Table.Td>
                <Table.Td>{format.count(one.count)}</Table.Td>
                {[one.mean, one.standardDeviation, one.minimum, one.median, one.maximum].map((value, index) => (
                  <Table.Td key={heads[index + 3]}>{figures.format(value)}</Table.Td>
                ))}
                <Table.Td>{format.count(one.outliers)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}

import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { ImagingReceiptHead } from "../../../../contract/receipt.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import classes from "./receipt.module.css";

/** What the package should hold and what it holds. */
export function ReceiptCounts({ receipt }: { receipt: ImagingReceiptHead }): ReactNode {
  const labels = useLabels().packages.receiptPage;
  const format = useFormat();
  const { patients, studies, series, instances, previews } = receipt.counts;
  const { leakSweep, policy } = receipt;
  const withoutSweep = policy.kind === "identified" ? labels.noSweep : labels.nothingToSweep;
  const number = (count: number): ReactNode => <td>{format.count(count)}</td>;
  return (
    <section>
      <Title order={3} size="h6">
        {labels.counts}
      </Title>
      <Text size="sm">
        {[
          [labels.patients, patients],
          [labels.studies, studies],
          [labels.series, series],
        ]
          .map(([name, count]) => `${name}: ${format.count(Number(count))}`)
          .join(" · ")}
      </Text>
      <table className={classes.counts}>
        <thead>
          <tr>
            <td />
            <th scope="col">{labels.expected}</th>
            <th scope="col">{labels.exported}</th>
            <th scope="col">{labels.heldBack}</th>
            <th scope="col">{labels.failed}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{labels.instances}</th>
            {number(instances.expected)}
            {number(instances.exported)}
            {number(instances.heldBack)}
            {number(instances.failed)}
          </tr>
          {previews.expected > 0 && (
            <tr>
              <th scope="row">{labels.previews}</th>
              {number(previews.expected)}
              {number(previews.exported)}
              {number(previews.withoutInstance)}
              {number(previews.failed)}
            </tr>
          )}
        </tbody>
      </table>
      <Text size="sm" mt="xs">
        {leakSweep.ran ? labels.sweep(format.count(leakSweep.instances)) : withoutSweep}
      </Text>
    </section>
  );
}

import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { ReadReceipt } from "../../../../contract/calls/packages.ts";
import { sayReason } from "../../../engine-words.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { VirtualRows } from "./virtual-rows.tsx";

/** What should be in the package and is not, each with its reason. */
export function ReceiptMissingList({
  missing,
  leftOut,
}: {
  missing: ReadReceipt["missing"];
  leftOut: number;
}): ReactNode {
  const words = useLabels();
  const labels = words.packages.receiptPage;
  const format = useFormat();
  return (
    <section>
      <Title order={3} size="h6">
        {labels.missing}
      </Title>
      {missing.length === 0 ? (
        <Text size="sm">{labels.nothingMissing}</Text>
      ) : (
        <VirtualRows
          label={labels.missing}
          titles={[labels.path, labels.role, labels.reason]}
          tracks="minmax(120px, 1fr) 120px minmax(200px, 2fr)"
          count={missing.length}
          cells={(index) => {
            const one = missing[index];
            return one === undefined ? [] : [one.path, labels.whats[one.what], sayReason(one, words)];
          }}
          printed
        />
      )}
      {leftOut > 0 && <Text size="sm">{labels.leftOut(format.count(leftOut))}</Text>}
    </section>
  );
}

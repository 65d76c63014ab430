import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { ReceiptFile } from "../../../../contract/receipt.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import classes from "./receipt.module.css";
import { VirtualRows } from "./virtual-rows.tsx";

/** Every file of the package with its size and SHA-256. On paper they are left to receipt.json: there may be a hundred thousand. */
export function ReceiptFiles({ files, leftOut }: { files: readonly ReceiptFile[]; leftOut: number }): ReactNode {
  const labels = useLabels().packages.receiptPage;
  const format = useFormat();
  return (
    <section>
      <Title order={3} size="h6">
        {labels.files}: {format.count(files.length + leftOut)}
      </Title>
      <VirtualRows
        label={labels.files}
        titles={[labels.path, labels.role, labels.bytes, labels.sha256]}
        tracks="minmax(160px, 1fr) 120px 96px minmax(200px, 1.6fr)"
        count={files.length}
        cells={(index) => {
          const file = files[index];
          return file === undefined ? [] : [file.path, labels.roles[file.role], format.bytes(file.bytes), file.sha256];
        }}
      />
      {leftOut > 0 && <Text size="sm">{labels.leftOut(format.count(leftOut))}</Text>}
      <Text size="sm" className={classes.onlyPrinted}>
        {labels.printed}
      </Text>
    </section>
  );
}

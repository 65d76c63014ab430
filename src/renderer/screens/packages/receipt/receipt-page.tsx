import { Button, Text, Title } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { ReadReceipt } from "../../../../contract/calls/packages.ts";
import { useAnswer } from "../../../client/query.ts";
import { sayNotice } from "../../../engine-words.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { ErrorNotice } from "../../../parts/error-notice.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { useFormat } from "../../../parts/format.ts";
import { Page } from "../../../parts/page.tsx";
import { StateBadge } from "../../../parts/state-badge.tsx";
import { goTo } from "../../../route.ts";
import { ReceiptCounts } from "./receipt-counts.tsx";
import { ReceiptFiles } from "./receipt-files.tsx";
import { ReceiptMissingList } from "./receipt-missing.tsx";
import { ReceiptPolicy } from "./receipt-policy.tsx";
import classes from "./receipt.module.css";

/** The receipt of a package as a page to read and to print. */
export function ReceiptPage({ path }: { path: string }): ReactNode {
  const labels = useLabels().packages.receiptPage;
  const { data: receipt, error } = useAnswer("packages.receipt", { path });
  return (
    <Page
      title={labels.title}
      actions={
        <>
          <Button className={classes.unprinted} variant="default" onClick={() => goTo("packages")}>
            {labels.back}
          </Button>
          <Button
            className={classes.unprinted}
            leftSection={<IconPrinter size={16} />}
            disabled={receipt === undefined}
            onClick={() => globalThis.print()}
          >
            {labels.print}
          </Button>
        </>
      }
    >
      {error !== null && <ErrorNotice error={error} action={{ label: labels.back, onClick: () => goTo("packages") }} />}
      {receipt !== undefined && <ReceiptBody receipt={receipt} path={path} />}
    </Page>
  );
}

function ReceiptBody({ receipt, path }: { receipt: ReadReceipt; path: string }): ReactNode {
  const { engine, packages } = useLabels();
  const labels = packages.receiptPage;
  const format = useFormat();
  const { software, exportedBy, startedAt, result, notices } = receipt;
  const name = path.split(/[\\/]/).findLast((part) => part !== "") ?? path;
  const verdict = result === "complete" ? labels.verdictComplete : labels.verdictIncomplete;
  return (
    <article className={classes.paper}>
      {/* Paper comes apart: each sheet says what it belongs to. */}
      <div className={classes.sheetHead} aria-hidden>
        <bdi dir="auto">{name}</bdi> · {verdict}
      </div>
      <div className={classes.sheet}>
        <Title order={2} size="h4">
          <bdi dir="auto">{name}</bdi>
        </Title>
        <StateBadge tone={result === "complete" ? "neutral" : "attention"}>{verdict}</StateBadge>
        <Facts
          items={[
            [labels.startedAt, format.dateTime(startedAt)],
            [
              labels.package,
              <bdi dir="ltr" key="path">
                {path}
              </bdi>,
            ],
          ]}
        />
        <Text size="sm">{labels.madeBy(software.name, software.version, exportedBy)}</Text>
        {receipt.kind === "imaging" && <ReceiptPolicy policy={receipt.policy} />}
        <section>
          <Title order={3} size="h6">
            {receipt.policy.kind === "identified" ? labels.noticesIdentified : labels.notices}
          </Title>
          <ul className={classes.notices}>
            {notices.map((notice, index) => (
              <li key={notice}>{sayNotice(notice, receipt.noticeMeanings[index], engine, format)}</li>
            ))}
          </ul>
        </section>
        {receipt.kind === "imaging" && <ReceiptCounts receipt={receipt} />}
        <ReceiptMissingList missing={receipt.missing} leftOut={receipt.leftOut.missing} />
        <ReceiptFiles files={receipt.files} leftOut={receipt.leftOut.files} />
      </div>
    </article>
  );
}

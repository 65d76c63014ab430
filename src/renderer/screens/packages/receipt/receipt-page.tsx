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
import { ReceiptDataset, ReceiptSummary } from "./receipt-dataset.tsx";
import { ReceiptFiles } from "./receipt-files.tsx";
import { ReceiptMissingList } from "./receipt-missing.tsx";
import { ReceiptPolicy } from "./receipt-policy.tsx";
import { TableColumns, TableCounts, TablePolicy, TableSources, TableText } from "./receipt-table.tsx";
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
  const { packages, resourceExports, tables } = useLabels();
  const labels = packages.receiptPage;
  const format = useFormat();
  const { software, exportedBy, startedAt, result } = receipt;
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
        {receipt.kind === "imaging" ? (
          <>
            <ReceiptPolicy policy={receipt.policy} />
            <Notices
              receipt={receipt}
              title={receipt.policy.kind === "identified" ? labels.noticesIdentified : labels.notices}
            />
            <ReceiptCounts receipt={receipt} />
          </>
        ) : (
          <>
            {/* How it is to be handled is the first thing that its receiver reads. */}
            <Notices
              receipt={receipt}
              title={receipt.kind === "fhir" ? resourceExports.handling : tables.receipt.handling}
            />
            {"text" in receipt && (
              <>
                <TablePolicy receipt={receipt} />
                <TableCounts receipt={receipt} />
                <TableColumns kind={receipt.kind} columns={receipt.columns} />
                <TableText kind={receipt.kind} text={receipt.text} />
              </>
            )}
            {"types" in receipt && <ReceiptDataset receipt={receipt} />}
            {(receipt.kind === "report" || receipt.kind === "quality") && (
              <ReceiptSummary policy={receipt.policy} counts={receipt.counts} />
            )}
            <TableSources sources={receipt.sources} />
          </>
        )}
        <ReceiptMissingList missing={receipt.missing} leftOut={receipt.leftOut.missing} />
        <ReceiptFiles files={receipt.files} leftOut={receipt.leftOut.files} />
      </div>
    </article>
  );
}

/** What the receiver should know, the most important first. */
function Notices({ receipt, title }: { receipt: ReadReceipt; title: string }): ReactNode {
  const { engine } = useLabels();
  const format = useFormat();
  return (
    <section>
      <Title order={3} size="h6">
        {title}
      </Title>
      <ul className={classes.notices}>
        {receipt.notices.map((notice, index) => (
          <li key={notice}>{sayNotice(notice, receipt.noticeMeanings[index], engine, format)}</li>
        ))}
      </ul>
    </section>
  );
}

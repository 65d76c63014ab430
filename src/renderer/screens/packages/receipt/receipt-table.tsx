import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { ReadReceipt } from "../../../../contract/calls/packages.ts";
import type { ReceiptColumn, TableReceiptHead } from "../../../../contract/receipt.ts";
import { useLabels } from "../../../labels/labels.tsx";
import type { Labels } from "../../../labels/en/index.ts";
import { Facts } from "../../../parts/facts.tsx";
import { useFormat } from "../../../parts/format.ts";
import { sayOption } from "../../../engine-words.ts";
import { sayReplacements } from "../../../say-replacements.ts";
import { sayColumn } from "../../review/table-rows.tsx";
import classes from "./receipt.module.css";

type OptionMeanings = Pick<Extract<ReadReceipt, { optionMeanings: unknown }>, "optionMeanings">;

/** What was done to a table, and by whose key. */
export function TablePolicy({ receipt }: { receipt: TableReceiptHead & OptionMeanings }): ReactNode {
  const { engine, packages, tables } = useLabels();
  const labels = tables.receipt;
  const { kind, policy } = receipt;
  return (
    <section>
      <Title order={3} size="h6">
        {labels.policy}
      </Title>
      <Text size="sm">
        {labels.what[kind]}: {tables.policies[policy.kind]}
      </Text>
      <ul className={classes.notices}>
        {policy.options.map((option, index) => (
          <li key={option}>{sayOption(option, receipt.optionMeanings[index], engine)}</li>
        ))}
      </ul>
      <Facts
        items={[
          [labels.reason, policy.reason],
          [packages.receiptPage.key, policy.key],
          [engine.tables.scrubRules, policy.scrub === undefined ? undefined : sayScrub(policy.scrub)],
        ]}
      />
    </section>
  );
}

/** The digest is for comparing: two packages of one were scrubbed alike. */
function sayScrub({ edition, digest }: NonNullable<TableReceiptHead["policy"]["scrub"]>): string {
  return `${edition} · ${digest}`;
}

/** Rows that should be there and that are; whose they are. */
export function TableCounts({ receipt }: { receipt: TableReceiptHead }): ReactNode {
  const { packages, tables } = useLabels();
  const labels = packages.receiptPage;
  const format = useFormat();
  const { rows, patients } = receipt.counts;
  return (
    <section>
      <Title order={3} size="h6">
        {labels.counts}
      </Title>
      <Facts
        items={[
          [`${tables.receipt.rows}, ${labels.expected}`, format.count(rows.expected)],
          [`${tables.receipt.rows}, ${tables.receipt.written}`, format.count(rows.written)],
          [labels.patients, format.count(patients)],
        ]}
      />
    </section>
  );
}

/** Column by column: what was done, how often it is empty, from when to when it reaches. */
export function TableColumns({
  kind,
  columns,
  title,
}: {
  /** Undefined where columns bear names of their own. */
  kind?: TableReceiptHead["kind"];
  columns: readonly ReceiptColumn[];
  title?: string;
}): ReactNode {
  const words = useLabels();
  const labels = words.tables.receipt;
  const format = useFormat();
  return (
    <section>
      <Title order={3} size="h6">
        {title === undefined ? labels.columns : `${title}, ${labels.columns}`}: {format.count(columns.length)}
      </Title>
      <Scrolling label={title ?? labels.columns}>
        <thead>
          <tr>
            {[labels.column, labels.type, labels.treatment, labels.empty, labels.from, labels.to].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.name}>
              <th scope="row">
                {kind === undefined ? (
                  column.name
                ) : (
                  <>
                    {sayColumn(column.name, kind, words)} <span className={classes.small}>{column.name}</span>
                  </>
                )}
              </th>
              <td>{labels.types[column.type]}</td>
              <td>{sayTreatment(column, words)}</td>
              <td className={classes.number}>{format.count(column.nulls)}</td>
              <td>{column.min}</td>
              <td>{column.max}</td>
            </tr>
          ))}
        </tbody>
      </Scrolling>
    </section>
  );
}

/** In the engine's words where they are of another version. */
function sayTreatment({ treatment }: ReceiptColumn, { tables }: Labels): string {
  const known: Readonly<Record<string, string>> = tables.receipt.treatments;
  return Object.hasOwn(known, treatment) ? (known[treatment] ?? treatment) : treatment;
}

/** What became of free text; nothing where the table has none. */
export function TableText({ kind, text }: Pick<TableReceiptHead, "kind" | "text">): ReactNode {
  const words = useLabels();
  const labels = words.tables.receipt;
  const format = useFormat();
  if (text === null) return null;
  const said = sayReplacements(text.replacements, words, format);
  return (
    <section>
      <Title order={3} size="h6">
        {labels.text[kind]}
      </Title>
      <Text size="sm">{labels.textModes[text.mode]}</Text>
      {text.mode === "scrub" && (
        <>
          <Text size="sm">{labels.changed(text.changed, format.count(text.changed))}</Text>
          {said !== "" && (
            <Text size="sm">
              {labels.replacements}: {said}
            </Text>
          )}
        </>
      )}
    </section>
  );
}

/** Where the rows come from, and how old what is known of it was. */
export function TableSources({ sources }: Pick<TableReceiptHead, "sources">): ReactNode {
  const labels = useLabels().tables.receipt;
  const format = useFormat();
  if (sources.length === 0) return null;
  return (
    <section>
      <Title order={3} size="h6">
        {labels.sources}
      </Title>
      <Scrolling label={labels.sources}>
        <thead>
          <tr>
            {[labels.source, labels.synced, labels.whole].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.map(({ name, syncedAt, complete }) => (
            <tr key={name}>
              <th scope="row">
                <bdi dir="auto">{name}</bdi>
              </th>
              <td>{syncedAt === null ? labels.never : format.dateTime(syncedAt)}</td>
              <td>{complete ? labels.isWhole : labels.isNotWhole}</td>
            </tr>
          ))}
        </tbody>
      </Scrolling>
    </section>
  );
}

export function Scrolling({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div className={classes.scrolling} tabIndex={0} role="region" aria-label={label}>
      <table className={classes.facts}>{children}</table>
    </div>
  );
}

import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { DatasetReceiptHead, ReceiptType, SummaryReceiptHead } from "../../../../contract/dataset-receipt.ts";
import type { ElementTreatment, WithheldReason } from "../../../../contract/fhir.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { useFormat, type Format } from "../../../parts/format.ts";
import classes from "./receipt.module.css";
import { Scrolling, TableColumns } from "./receipt-table.tsx";

/** What a package of FHIR resources, or of tables made of them, holds, type by type, and what was withheld. */
export function ReceiptDataset({ receipt }: { receipt: DatasetReceiptHead }): ReactNode {
  const { datasets: labels, packages } = useLabels();
  const format = useFormat();
  const { counts, policy, consent } = receipt;
  return (
    <>
      <section>
        <Title order={3} size="h6">
          {packages.receiptPage.what}
        </Title>
        <Text size="sm">
          {labels.kinds[receipt.kind]}: {labels.policies[policy.kind]}
        </Text>
        <ul className={classes.notices}>
          {policy.options.map((option) => (
            <li key={option}>{option}</li>
          ))}
        </ul>
        <Facts
          items={[
            [labels.reason, policy.reason],
            [labels.rules, policy.rules],
            [packages.receiptPage.key, policy.key],
            [packages.receiptPage.digest, policy.digest],
          ]}
        />
      </section>
      <section>
        <Title order={3} size="h6">
          {packages.receiptPage.counts}
        </Title>
        <Facts
          items={[
            [packages.receiptPage.patients, format.count(counts.patients)],
            [labels.rows, format.count(counts.rows)],
            [labels.withoutDay, counts.withoutDay === 0 ? undefined : format.count(counts.withoutDay)],
          ]}
        />
        <Types types={receipt.types} />
      </section>
      <section>
        <Title order={3} size="h6">
          {labels.consent}
        </Title>
        <Text size="sm">{labels.withoutConsent[consent.withoutConsent]}</Text>
        <ul className={classes.notices}>
          {consent.leftOut.map(({ type, patients }) => (
            <li key={type}>{labels.leftOut(type, patients, format.count(patients))}</li>
          ))}
          {consent.withdrawn.map(({ patient, scopes }) => (
            <li key={patient}>
              {labels.withdrawn(patient, scopes.includes("*") ? labels.allData : scopes.join(", "))}
            </li>
          ))}
        </ul>
      </section>
      {receipt.parts.map(
        ({ path, columns }) => columns !== null && <TableColumns key={path} columns={columns} title={path} />,
      )}
    </>
  );
}

function Types({ types }: { types: readonly ReceiptType[] }): ReactNode {
  const { datasets: labels, packages } = useLabels();
  const format = useFormat();
  return (
    <Scrolling label={labels.types}>
      <thead>
        <tr>
          {[
            labels.type,
            packages.receiptPage.expected,
            packages.receiptPage.exported,
            labels.withheld,
            labels.treated,
          ].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {types.map(({ type, expected, exported, withheld, treatments }) => (
          <tr key={type}>
            <th scope="row">{type}</th>
            <td className={classes.number}>{format.count(expected)}</td>
            <td className={classes.number}>{format.count(exported)}</td>
            <td>{sayCounts<WithheldReason>(withheld, labels.reasons, format)}</td>
            <td>{sayCounts<ElementTreatment>(treatments, labels.treatments, format)}</td>
          </tr>
        ))}
      </tbody>
    </Scrolling>
  );
}

function sayCounts<Word extends string>(
  counts: Partial<Record<Word, number>>,
  words: Readonly<Record<Word, string>>,
  format: Format,
): string {
  const named = Object.entries(counts) as [Word, number][];
  return named.map(([word, count]) => `${words[word]}: ${format.count(count)}`).join(", ");
}

/** The same of documents that were computed. */
export function ReceiptSummary({ policy, counts }: Pick<SummaryReceiptHead, "policy" | "counts">): ReactNode {
  const { datasets: labels, packages } = useLabels();
  const format = useFormat();
  return (
    <section>
      <Title order={3} size="h6">
        {packages.receiptPage.counts}
      </Title>
      <Text size="sm">{labels.policies[policy.kind]}</Text>
      <Facts
        items={[
          [packages.receiptPage.patients, counts.patients === null ? undefined : format.count(counts.patients)],
          [labels.resources, counts.resources === null ? undefined : format.count(counts.resources)],
          [labels.documents, format.count(counts.documents)],
          [packages.receiptPage.key, policy.key],
        ]}
      />
    </section>
  );
}

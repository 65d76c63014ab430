import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { POLICY_OPTIONS } from "../../../../contract/policy.ts";
import type { ImagingReceiptHead } from "../../../../contract/receipt.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { StandardTerm } from "../../../parts/standard-term.tsx";
import classes from "./receipt.module.css";

/** What was removed and what was kept, in words. */
export function ReceiptPolicy({ policy }: { policy: ImagingReceiptHead["policy"] }): ReactNode {
  const { packages, policy: words } = useLabels();
  const labels = packages.receiptPage;
  const options = POLICY_OPTIONS.filter((option) => policy.options.includes(option));
  if (policy.kind === "identified")
    return (
      <section>
        <Title order={3} size="h6">
          {labels.what}
        </Title>
        <Text size="sm">{labels.identified}</Text>
      </section>
    );
  return (
    <section>
      <Title order={3} size="h6">
        {labels.what}
      </Title>
      <Text size="sm">{labels.pseudonymised(policy.edition ?? "PS3.15")}</Text>
      {options.length === 0 ? (
        <Text size="sm">{labels.nothingKept}</Text>
      ) : (
        <>
          <Text size="sm" fw={500} mt="xs">
            {labels.kept}
          </Text>
          <ul className={classes.notices}>
            {options.map((option) => (
              <li key={option}>
                <StandardTerm plain={words.options[option].title} term={words.options[option].term} />
              </li>
            ))}
          </ul>
        </>
      )}
      <Facts
        items={[
          [labels.includeHeld, policy.includeHeld],
          [labels.key, policy.key],
          [labels.digest, policy.digest],
        ]}
      />
    </section>
  );
}

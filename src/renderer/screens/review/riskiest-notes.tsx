import { Button, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { TextExamination } from "../../../contract/calls/records.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { sayReplacements } from "../../say-replacements.ts";
import classes from "./review.module.css";
import { riskLevel } from "./table-review-rows.ts";

/** Notes shown at once, and as many more each time. */
const STEP = 10;

/** The notes in which most may be left, the riskiest first, each with a way to read it. */
export function RiskiestNotes(props: {
  riskiest: TextExamination["riskiest"];
  onRow: (row: number) => void;
}): ReactNode {
  const { riskiest, onRow } = props;
  const words = useLabels();
  const labels = words.tableReview.examine;
  const format = useFormat();
  const [shown, setShown] = useState(STEP);
  return (
    <div>
      <Text size="sm" fw={600}>
        {labels.riskiest}
      </Text>
      <div className={classes.riskiest} tabIndex={0} role="region" aria-label={labels.riskiest}>
        <table className={classes.reasons}>
          <thead>
            <tr>
              <th scope="col">{labels.row}</th>
              <th scope="col">{labels.risk}</th>
              <th scope="col">{labels.suspicious}</th>
              <th scope="col">{labels.replaced}</th>
            </tr>
          </thead>
          <tbody>
            {riskiest.slice(0, shown).map(({ note, row, risk, suspicious, replaced }) => {
              const level = riskLevel(risk);
              return (
                <tr key={note}>
                  <td>
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={labels.open(format.count(row + 1))}
                      onClick={() => onRow(row)}
                    >
                      {format.count(row + 1)}
                    </Button>
                  </td>
                  <td>
                    {level === "high" ? (
                      <StateBadge tone="attention">{labels.risks.high}</StateBadge>
                    ) : (
                      labels.risks[level]
                    )}
                  </td>
                  <td>
                    <bdi dir="auto">{[...new Set(suspicious)].join(", ")}</bdi>
                  </td>
                  <td>{sayReplacements(replaced, words, format)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {riskiest.length > shown && (
        <Button size="compact-sm" variant="default" mt="xs" onClick={() => setShown(shown + STEP)}>
          {words.packages.more}
        </Button>
      )}
    </div>
  );
}

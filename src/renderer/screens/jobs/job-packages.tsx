import { Anchor, Button, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { JobSummary } from "../../../contract/job.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { MadeVerdict } from "../packages/made-verdict.tsx";
import { PackageReasons } from "../packages/package-reasons.tsx";
import classes from "./jobs.module.css";

/** Packages shown at once, and as many more each time: a job may make a thousand. */
const STEP = 50;

/** The packages that a job has finished so far. */
export function JobPackages({ job }: { job: JobSummary }): ReactNode {
  const { datasets, jobs: labels, packages: words, records } = useLabels();
  const format = useFormat();
  const [shown, setShown] = useState(STEP);
  if (job.packages.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {labels.noPackages}
      </Text>
    );
  return (
    <>
      <ul className={classes.list}>
        {job.packages.slice(0, shown).map((made) => (
          <li key={made.path} className={classes.job}>
            <div className={classes.row}>
              <Text fw={600} className={classes.spread}>
                <bdi dir="auto">{made.name}</bdi>
              </Text>
              <Text size="sm" c="dimmed">
                {[
                  format.bytes(made.bytes),
                  words.files(made.files, format.count(made.files)),
                  ...(made.rows === null ? [] : [records.rows(made.rows.written, format.count(made.rows.written))]),
                  ...(made.resources === null || made.resources === undefined
                    ? []
                    : [datasets.exported(made.resources.exported, format.count(made.resources.exported))]),
                ].join(" · ")}
              </Text>
            </div>
            <MadeVerdict made={made} at={made.verifiedAt ?? job.endedAt} />
            <PackageReasons reasons={made.reasons} />
          </li>
        ))}
      </ul>
      {job.packages.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + STEP)}>
          {words.more}
        </Button>
      )}
      <Anchor href="#/packages" size="sm">
        {labels.showPackages}
      </Anchor>
    </>
  );
}

import { Stack, Text, Title, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { Facts } from "../../parts/facts.tsx";
import { useFormat } from "../../parts/format.ts";
import { Name } from "../../parts/name.tsx";
import { changeBrowse, type PatientKey } from "./browse-state.ts";
import { Modalities } from "./columns.tsx";
import { saySex } from "./say-values.ts";
import styles from "./browse.module.css";

/** More studies than this of one patient are looked for in the list itself. */
const STUDIES_SHOWN = 200;

/** One patient: facts, and the studies, each of which opens. */
export function PatientPanel({ patient }: { patient: PatientKey }): ReactNode {
  const { browse: labels } = useLabels();
  const format = useFormat();
  const filter = { patientId: patient.patientId, issuer: patient.issuer };
  const found = useAnswer("find.patients", { ...filter, limit: 1 }, { keepPrevious: true });
  const studies = useAnswer(
    "find.studies",
    { ...filter, sort: { column: "studyDate", descending: true }, limit: STUDIES_SHOWN },
    { keepPrevious: true },
  );
  const row = found.data?.rows[0];
  const error = found.error ?? studies.error;
  if (error !== null) return <ErrorNotice error={error} />;
  if (row === undefined || studies.data === undefined) return null;
  return (
    <Stack gap="md">
      <Title order={2} size="h3">
        <Name value={row.name} />
      </Title>
      <Facts
        items={[
          [labels.columns.patientId, row.patientId],
          [labels.columns.issuer, row.issuer],
          [labels.columns.birthDate, format.dicomDate(row.birthDate)],
          [labels.columns.sex, saySex(row.sex, labels)],
          [labels.columns.instances, format.count(row.instances)],
        ]}
      />
      <section>
        <Title order={3} size="h4" mb={4}>
          {labels.studies(studies.data.total, format.count(studies.data.total))}
        </Title>
        <ul className={styles.list}>
          {studies.data.rows.map(({ studyInstanceUid, patientId, issuer, ...study }) => (
            <li key={studyInstanceUid}>
              <UnstyledButton
                className={styles.series}
                onClick={() =>
                  changeBrowse({
                    opened: { kind: "study", study: { studyInstanceUid, patientId, issuer }, from: patient },
                  })
                }
              >
                <span className={styles.seriesWords}>
                  <span dir="auto">{study.description === "" ? labels.panel.noDescription : study.description}</span>
                  <Text component="span" size="sm" c="dimmed">
                    {[
                      format.dicomDate(study.studyDate),
                      labels.instances(study.instances, format.count(study.instances)),
                    ]
                      .filter((part) => part !== "")
                      .join(" · ")}
                  </Text>
                </span>
                <Modalities value={study.modality} />
              </UnstyledButton>
            </li>
          ))}
        </ul>
        {studies.data.total > STUDIES_SHOWN ? (
          <Text size="sm" c="dimmed">
            {labels.panel.moreStudies(format.count(STUDIES_SHOWN))}
          </Text>
        ) : null}
      </section>
    </Stack>
  );
}

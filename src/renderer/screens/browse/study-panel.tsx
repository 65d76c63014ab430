import { Button, Stack, Tabs, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { Facts } from "../../parts/facts.tsx";
import { useFormat } from "../../parts/format.ts";
import { Name } from "../../parts/name.tsx";
import { PatientId } from "../../parts/patient-id.tsx";
import { Viewer } from "../viewer/viewer.tsx";
import { AnalysisList } from "./analysis-list.tsx";
import { changeBrowse, type Opened } from "./browse-state.ts";
import { Modalities } from "./columns.tsx";
import { SeriesList } from "./series-list.tsx";
import { TagsOfStudy } from "./tags-of-study.tsx";

/** One study: facts, its series with pictures, the headers, results of AI. */
export function StudyPanel({ opened }: { opened: Opened & { kind: "study" } }): ReactNode {
  const { browse: labels } = useLabels();
  const format = useFormat();
  const key = opened.study;
  const { data, error } = useAnswer("find.study", key, { keepPrevious: true });
  const [viewed, setViewed] = useState<string>();
  const { from } = opened;
  const back =
    from === undefined ? null : (
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconArrowLeft size={14} aria-hidden />}
        style={{ alignSelf: "flex-start" }}
        onClick={() => changeBrowse({ opened: { kind: "patient", patient: from } })}
      >
        {labels.panel.back}
      </Button>
    );
  if (error !== null)
    return (
      <Stack gap="sm">
        {back}
        <ErrorNotice error={error} />
      </Stack>
    );
  if (data === undefined) return back;
  const { study, series, analyses, sources } = data;
  const viewedSeries = series.find((one) => one.seriesInstanceUid === viewed);
  return (
    <Stack gap="md">
      {back}
      <Title order={2} size="h3" dir="auto">
        {study.description === "" ? labels.panel.noDescription : study.description}
      </Title>
      <Facts
        items={[
          [labels.columns.name, <Name key="name" value={study.patientName} />],
          [labels.columns.patientId, <PatientId key="id" of={study} />],
          [labels.columns.studyDate, format.dicomDate(study.studyDate)],
          [labels.columns.modality, <Modalities key="modality" value={study.modality} />],
          [labels.columns.accessionNumber, study.accessionNumber],
          [labels.columns.instances, labels.panel.size(format.count(study.instances), format.bytes(study.bytes))],
          [labels.panel.sources, format.list(sources)],
        ]}
      />
      <Tabs defaultValue="series" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="series">{labels.tabs.counted(labels.panel.series, format.count(series.length))}</Tabs.Tab>
          <Tabs.Tab value="tags">{labels.panel.tags}</Tabs.Tab>
          {analyses.length === 0 ? null : (
            <Tabs.Tab value="analyses">
              {labels.tabs.counted(labels.columns.analyses, format.count(analyses.length))}
            </Tabs.Tab>
          )}
        </Tabs.List>
        <Tabs.Panel value="series" pt="xs">
          <SeriesList series={series} onView={setViewed} />
        </Tabs.Panel>
        <Tabs.Panel value="tags" pt="xs">
          <TagsOfStudy study={key} series={series} />
        </Tabs.Panel>
        <Tabs.Panel value="analyses" pt="xs">
          <AnalysisList analyses={analyses} />
        </Tabs.Panel>
      </Tabs>
      {viewedSeries === undefined ? null : (
        <Viewer study={study} series={viewedSeries} onClose={() => setViewed(undefined)} />
      )}
    </Stack>
  );
}

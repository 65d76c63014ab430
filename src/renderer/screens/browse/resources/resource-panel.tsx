import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { ErrorNotice } from "../../../parts/error-notice.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { useFormat } from "../../../parts/format.ts";
import { Name } from "../../../parts/name.tsx";
import { JsonView } from "./json-view.tsx";
import { PatientConsents } from "./patient-consents.tsx";
import { sayDay } from "./resource-columns.tsx";
import { sayCode } from "./resource-facets.ts";
import { changeResourcesFilter, useResourcesState } from "./resources-state.ts";

/** One resource: of whom and about what it is, what that patient agreed to, and all of it as it came. */
export function ResourcePanel({ row }: { row: number }): ReactNode {
  const { browseResources } = useLabels();
  const { columns, panel: labels } = browseResources;
  const format = useFormat();
  const { filter } = useResourcesState();
  const { data, error } = useAnswer("resources.show", { row }, { keepPrevious: true });
  if (error !== null) return <ErrorNotice error={error} />;
  if (data === undefined) return null;
  const { resource, json, truncated, extra } = data;
  const { patientId, patientName, source, lastUpdated } = resource;
  const isAlone = filter.patients?.length === 1 && filter.patients[0] === patientId;
  return (
    <Stack gap="md">
      <Title order={2} size="h3">
        {resource.type}
      </Title>
      {resource.code !== "" && <Text dir="auto">{sayCode(resource.code)}</Text>}
      <Facts
        items={[
          [columns.day, sayDay(resource.day, format)],
          [columns.patient, patientName === "" ? "" : <Name key="name" value={patientName} />],
          [columns.patientId, patientId],
          [columns.id, resource.id],
          [columns.source, source],
          [columns.lastUpdated, lastUpdated === null ? "" : format.dateTime(lastUpdated)],
          [columns.bytes, format.bytes(resource.bytes)],
          ...Object.entries(extra).map(([name, value]) => [name, value] as const),
        ]}
      />
      {patientId === "" ? (
        <Text size="sm" c="dimmed">
          {labels.ofNobody}
        </Text>
      ) : (
        <>
          <Group>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconUserPlus size={14} aria-hidden />}
              disabled={isAlone}
              onClick={() => changeResourcesFilter({ patients: [patientId], sources: [source] })}
            >
              {labels.onlyPatient}
            </Button>
          </Group>
          <PatientConsents key={`${source} ${patientId}`} source={source} patient={patientId} />
        </>
      )}
      <JsonView key={resource.row} json={json} />
      {truncated && <Text size="sm">{labels.truncated(format.bytes(resource.bytes))}</Text>}
    </Stack>
  );
}

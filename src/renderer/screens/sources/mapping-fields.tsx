import { List, Select, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { DescribedMapping } from "../../../contract/calls/sources.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { FileField } from "../../parts/folder-field.tsx";
import { OWN_MAPPING, type RecordsDraft } from "./records-draft.ts";

/** Which table or column holds what: a mapping that comes with Satchel, or a file, whose problems are listed. */
export function MappingFields({
  draft,
  answer,
  onChange,
}: {
  draft: RecordsDraft;
  answer: UseQueryResult<DescribedMapping>;
  onChange: (part: Partial<RecordsDraft>) => void;
}): ReactNode {
  const { recordSources: labels } = useLabels();
  const { kind, mapping, mappingStored } = draft;
  const names = kind === "csv" ? labels.csvMappings : labels.mappings;
  const isOwn = mapping === OWN_MAPPING;
  const problems = answer.data?.problems ?? [];
  const storedName = typeof mappingStored?.["name"] === "string" ? mappingStored["name"] : "";
  return (
    <>
      <Select
        label={labels.mapping}
        description={labels.mappingHelp}
        allowDeselect={false}
        data={[
          ...Object.entries(names).map(([value, label]) => ({ value, label })),
          { value: OWN_MAPPING, label: labels.ownMapping },
        ]}
        value={mapping}
        onChange={(next) => next !== null && onChange({ mapping: next })}
      />
      {isOwn && (
        <>
          <FileField
            label={labels.mappingFile}
            description={mappingStored === undefined ? labels.mappingFileHelp : labels.mappingKept(storedName)}
            purpose="open"
            extensions={["json"]}
            value={draft.mappingPath}
            onChange={(mappingPath) => onChange({ mappingPath })}
          />
          {answer.error !== null && draft.mappingPath !== "" && <ErrorNotice error={answer.error} />}
          {problems.length > 0 && (
            <div role="alert">
              <Text size="sm" fw={600}>
                {labels.mappingProblems}
              </Text>
              <List size="sm">
                {problems.map((problem) => (
                  <List.Item key={problem}>{problem}</List.Item>
                ))}
              </List>
            </div>
          )}
          {answer.data !== undefined && problems.length === 0 && draft.mappingPath !== "" && (
            <Text size="sm">{labels.mappingRead(answer.data.name)}</Text>
          )}
        </>
      )}
    </>
  );
}

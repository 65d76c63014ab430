import { Checkbox, Radio, Select, Stack, TagsInput, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { AskChoices } from "./choices-field.tsx";
import { LinesField } from "./lines-field.tsx";
import { MoreFields } from "./more-fields.tsx";
import { BULK_USES, FHIR_VERSIONS, type ResourcesDraft } from "./resources-draft.ts";
import type { AskedChoices } from "./use-choices.ts";

interface FieldsProps {
  draft: ResourcesDraft;
  asked: AskedChoices;
  /** Enough stands there to ask the server. */
  canAsk: boolean;
  onChange: (part: Partial<ResourcesDraft>) => void;
}

/** What is read of a FHIR server, and how. */
export function FhirReadingFields({ draft, asked, canAsk, onChange }: FieldsProps): ReactNode {
  const { fhir: labels } = useLabels().resourceSources;
  const { choices } = asked;
  return (
    <>
      <AskChoices asked={asked} disabled={!canAsk} />
      <TagsInput
        label={labels.types}
        description={labels.typesHelp}
        placeholder={draft.types.length === 0 ? labels.allTypes : undefined}
        data={choices?.types ?? []}
        splitChars={[",", " "]}
        value={draft.types}
        onChange={(types) => onChange({ types })}
      />
      <Radio.Group
        label={labels.bulk}
        description={labels.bulkHelp}
        value={draft.bulk}
        onChange={(bulk) => onChange({ bulk })}
      >
        <Stack gap={6} mt={4}>
          {BULK_USES.map((use) => (
            <Radio key={use} value={use} label={labels.bulkUses[use]} description={labels.bulkUsesHelp[use]} />
          ))}
        </Stack>
      </Radio.Group>
      {draft.bulk !== "never" && <GroupField draft={draft} asked={asked} onChange={onChange} />}
      <MoreFields label={labels.more}>
        <LinesField
          label={labels.filters}
          description={labels.filtersHelp}
          value={draft.filters}
          onChange={(filters) => onChange({ filters })}
        />
        <LinesField
          label={labels.patients}
          description={labels.patientsHelp}
          value={draft.patients}
          onChange={(patients) => onChange({ patients })}
        />
        <Checkbox
          label={labels.attachments}
          description={labels.attachmentsHelp}
          checked={draft.attachments}
          onChange={(event) => onChange({ attachments: event.currentTarget.checked })}
        />
        <Select
          label={labels.version}
          allowDeselect={false}
          data={FHIR_VERSIONS.map((value) => ({ value, label: value === "auto" ? labels.versionAuto : value }))}
          value={draft.fhirVersion}
          onChange={(fhirVersion) => fhirVersion !== null && onChange({ fhirVersion })}
        />
      </MoreFields>
    </>
  );
}

/** By name where the server shows its groups, else by id. */
function GroupField({ draft, asked, onChange }: Omit<FieldsProps, "canAsk">): ReactNode {
  const { fhir: labels } = useLabels().resourceSources;
  const groups = asked.choices?.studies ?? [];
  if (groups.length === 0)
    return (
      <TextInput
        label={labels.group}
        description={labels.groupHelp}
        spellCheck={false}
        autoComplete="off"
        value={draft.group}
        onChange={(event) => onChange({ group: event.currentTarget.value })}
      />
    );
  const data = groups.map(({ id, name }) => ({ value: id, label: name === "" ? id : `${name} (${id})` }));
  const isThere = draft.group === "" || groups.some(({ id }) => id === draft.group);
  return (
    <Select
      label={labels.group}
      description={labels.groupHelp}
      placeholder={labels.allPatients}
      data={isThere ? data : [...data, { value: draft.group, label: draft.group }]}
      searchable
      clearable
      clearButtonProps={{ "aria-label": labels.allPatients }}
      value={draft.group === "" ? null : draft.group}
      onChange={(group) => onChange({ group: group ?? "" })}
    />
  );
}

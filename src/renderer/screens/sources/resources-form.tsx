import { Radio, Stack, Text, TextInput } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { SourceSummary } from "../../../contract/calls/sources.ts";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { followsSaving, type AuthDraft } from "./auth-draft.ts";
import { AuthFields } from "./auth-fields.tsx";
import { ExportedFilesFields } from "./exported-files-fields.tsx";
import { FhirReadingFields } from "./fhir-fields.tsx";
import { FormFrame } from "./form-frame.tsx";
import { AuthorityField, UrlField } from "./http-fields.tsx";
import { JheReadingFields } from "./jhe-fields.tsx";
import { LimitFields } from "./limit-fields.tsx";
import { MoreFields } from "./more-fields.tsx";
import { PatientLinkFields } from "./patient-link-fields.tsx";
import {
  beginResourcesDraft,
  isResourceKind,
  isResourcesFilled,
  RESOURCE_KINDS,
  suggestResourcesName,
  toResourcesRequest,
  type ResourceKind,
  type ResourcesDraft,
} from "./resources-draft.ts";
import { useChoices } from "./use-choices.ts";
import { useSaving } from "./use-saving.ts";
import { ZoneField } from "./zone-field.tsx";

/** Adds or edits a source of FHIR resources. */
export function ResourcesForm(props: {
  kind: ResourceKind;
  /** The one that is edited. */
  source: SourceSummary | undefined;
  /** With the name of what was saved, and whether it can be read at once; without where nothing was. */
  onDone: (name?: string, canRead?: boolean) => void;
}): ReactNode {
  const { source, onDone } = props;
  const { sources: labels, resourceSources } = useLabels();
  const [draft, setDraft] = useState(() => beginResourcesDraft(props.kind, source));
  const makeKey = useCall("sourceAuth.makeKey");
  const { kind } = draft;
  const follows = kind === "ndjson" ? undefined : followsSaving(draft.auth, source);
  const name = draft.name.trim() === "" ? suggestResourcesName(draft) : draft.name.trim();
  const request = () => toResourcesRequest({ ...draft, name }, source);
  const saving = useSaving(source, name, request, (saved) => {
    if (follows !== "key") onDone(saved, follows === undefined);
    // The card of the source says where there is no key yet, and makes one.
    else makeKey.mutate({ name: saved, algorithm: draft.auth.algorithm }, { onSettled: () => onDone(saved, false) });
  });
  const asked = useChoices(source, request);
  const change = (part: Partial<ResourcesDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
    saving.reset();
  };
  const changeAuth = (part: Partial<AuthDraft>): void => change({ auth: { ...draft.auth, ...part } });
  const isFilled = isResourcesFilled(draft, source);
  const reading = { draft, asked, canAsk: isFilled && follows === undefined, onChange: change };
  return (
    <FormFrame
      title={source === undefined ? resourceSources.title : labels.editTitle(source.name)}
      source={source}
      name={draft.name}
      suggestedName={suggestResourcesName(draft)}
      onName={(next) => change({ name: next })}
      ready={isFilled}
      saving={saving}
      follows={follows === undefined ? undefined : resourceSources.follows[follows]}
      onCancel={() => onDone()}
    >
      {source === undefined && (
        <Radio.Group
          label={resourceSources.where}
          value={kind}
          onChange={(next) => {
            if (!isResourceKind(next)) return;
            asked.reset();
            change({ kind: next });
          }}
        >
          <Stack gap={6} mt={4}>
            {RESOURCE_KINDS.map((one) => (
              <Radio key={one} value={one} label={labels.kinds[one]} description={resourceSources.kindHelp[one]} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {kind === "ndjson" ? (
        <ExportedFilesFields draft={draft} onChange={change} />
      ) : (
        <>
          <UrlField value={draft.url} description={resourceSources.urlHelp[kind]} onChange={(url) => change({ url })} />
          {kind === "fhir" && (
            <TextInput
              label={resourceSources.tenant}
              description={resourceSources.tenantHelp}
              spellCheck={false}
              autoComplete="off"
              value={draft.tenant}
              onChange={(event) => change({ tenant: event.currentTarget.value })}
            />
          )}
          <AuthFields auth={draft.auth} source={source} onChange={changeAuth} />
          <AuthorityField url={draft.url} value={draft.ca} onChange={(ca) => change({ ca })} />
          {kind === "fhir" ? <FhirReadingFields {...reading} /> : <JheReadingFields {...reading} />}
        </>
      )}
      <ZoneField
        value={draft.timeZone}
        otherwise={new Intl.DateTimeFormat().resolvedOptions().timeZone}
        ofComputer
        onChange={(timeZone) => change({ timeZone })}
      />
      {kind !== "ndjson" && (
        <MoreFields label={resourceSources.limits.title}>
          <LimitFields draft={draft} onChange={change} />
        </MoreFields>
      )}
      <PatientLinkFields draft={draft} name={name} onChange={change} />
      <Text size="sm" c="dimmed">
        {kind === "ndjson" ? resourceSources.filesUnchanged : resourceSources.onlyReads}
      </Text>
    </FormFrame>
  );
}

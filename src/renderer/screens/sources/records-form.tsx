import { Radio, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState, type ReactNode } from "react";
import type { SourceSummary } from "../../../contract/calls/sources.ts";
import { issuerOfSource } from "../../../contract/records.ts";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { FormFrame } from "./form-frame.tsx";
import { DatabaseFields } from "./database-fields.tsx";
import { LinkFields } from "./link-fields.tsx";
import { MappingFields } from "./mapping-fields.tsx";
import { PlatformFields } from "./platform-fields.tsx";
import { RecordFileFields } from "./record-file-fields.tsx";
import {
  beginRecordsDraft,
  isRecordKind,
  isRecordsFilled,
  OWN_MAPPING,
  RECORD_KINDS,
  suggestRecordsName,
  toRecordsRequest,
  type ReadFiles,
  type RecordKind,
  type RecordsDraft,
} from "./records-draft.ts";
import { useSaving } from "./use-saving.ts";
import { ZoneField } from "./zone-field.tsx";

/** A path may still be typed. */
const REST_MS = 300;

/** Adds or edits a source of notes or of a study list. */
export function RecordsForm(props: {
  kind: RecordKind;
  /** The one that is edited. */
  source: SourceSummary | undefined;
  /** With the name of what was saved, or without where nothing was. */
  onDone: (name?: string) => void;
}): ReactNode {
  const { source, onDone } = props;
  const { sources: labels, recordSources } = useLabels();
  const [draft, setDraft] = useState(() => beginRecordsDraft(props.kind, source));
  const files = useReadFiles(draft);
  const { kind } = draft;
  const name = draft.name.trim() === "" ? suggestRecordsName(draft) : draft.name.trim();
  const saving = useSaving(source, name, () => toRecordsRequest(draft, files.read, source), onDone);
  const change = (part: Partial<RecordsDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
    saving.reset();
  };
  /** What was typed stays; a mapping that the kind does not have goes. */
  const changeKind = (next: RecordKind): void => {
    const { mapping } = beginRecordsDraft(next, undefined);
    const fits = draft.mapping !== "auto" || next === "csv";
    change({ kind: next, mapping: fits && kind !== "csv" && next !== "csv" ? draft.mapping : mapping });
  };
  const hasSecret = source?.hasSecret ?? false;
  const fields = { draft, onChange: change, hasSecret };
  return (
    <FormFrame
      title={source === undefined ? recordSources.title : labels.editTitle(source.name)}
      source={source}
      name={draft.name}
      suggestedName={suggestRecordsName(draft)}
      onName={(next) => change({ name: next })}
      ready={isRecordsFilled(draft, files.read)}
      saving={saving}
      onCancel={() => onDone()}
    >
      {source === undefined && (
        <Radio.Group
          label={recordSources.where}
          value={kind}
          onChange={(next) => isRecordKind(next) && changeKind(next)}
        >
          <Stack gap={6} mt={4}>
            {RECORD_KINDS.map((one) => (
              <Radio key={one} value={one} label={labels.kinds[one]} description={recordSources.kindHelp[one]} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {kind === "postgres" || kind === "mysql" ? (
        <DatabaseFields {...fields} certificate={files.certificate} />
      ) : kind === "studies-api" ? (
        <PlatformFields {...fields} />
      ) : (
        <RecordFileFields {...fields} />
      )}
      {kind !== "studies-api" && <MappingFields {...fields} answer={files.mapping} />}
      <ZoneField
        value={draft.timeZone}
        otherwise={files.mapping.data?.timeZone ?? ""}
        ofComputer={kind === "csv" && draft.mapping === "auto"}
        onChange={(timeZone) => change({ timeZone })}
      />
      <LinkFields
        issuer={draft.issuer ?? files.mapping.data?.issuer ?? undefined}
        own={ownIssuer(name, source, files.mapping.data?.issuer)}
        placeholder={issuerOfSource(name)}
        onChange={(issuer) => change({ issuer })}
      />
      <Text size="sm" c="dimmed">
        {recordSources.onlyReads}
      </Text>
    </FormFrame>
  );
}

/** Where the engine is not asked to make one: it would keep the one that is stored, and the mapping's, and both may be that of the images. */
function ownIssuer(
  name: string,
  source: SourceSummary | undefined,
  ofMapping: string | null | undefined,
): string | undefined {
  const stored = source?.config["issuer"];
  if (typeof stored === "string" && stored !== "") return stored;
  return source !== undefined || ofMapping === "" ? issuerOfSource(name) : undefined;
}

/** The engine reads the files that the form names, once their path rests. */
function useReadFiles(draft: RecordsDraft): {
  read: ReadFiles;
  mapping: ReturnType<typeof useAnswer<"sourceFiles.mapping">>;
  certificate: ReturnType<typeof useAnswer<"sourceFiles.certificate">>;
} {
  const { kind } = draft;
  const isOwn = draft.mapping === OWN_MAPPING;
  const [mappingPath] = useDebouncedValue(draft.mappingPath.trim(), REST_MS);
  const [caPath] = useDebouncedValue(draft.caPath.trim(), REST_MS);
  const isServer = kind === "postgres" || kind === "mysql";
  const mapping = useAnswer(
    "sourceFiles.mapping",
    { kind, of: isOwn ? { path: mappingPath } : { name: kind === "studies-api" ? "studies-platform" : draft.mapping } },
    { enabled: !isOwn || mappingPath !== "", outside: true },
  );
  const certificate = useAnswer(
    "sourceFiles.certificate",
    { path: caPath },
    { enabled: isServer && caPath !== "", outside: true },
  );
  // What was read of another path than the one that stands there is of no use.
  const isMappingNow = !isOwn || mappingPath === draft.mappingPath.trim();
  const isCertificateNow = caPath === draft.caPath.trim();
  return {
    read: {
      mapping: isMappingNow ? mapping.data?.mapping : undefined,
      certificate: isCertificateNow ? certificate.data?.pem : undefined,
    },
    mapping,
    certificate,
  };
}

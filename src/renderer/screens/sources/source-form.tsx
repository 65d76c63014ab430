import { Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { SourceSummary } from "../../../contract/calls/sources.ts";
import { useLabels } from "../../labels/labels.tsx";
import { FolderField } from "../../parts/folder-field.tsx";
import { FormFrame } from "./form-frame.tsx";
import { ServerFields } from "./server-fields.tsx";
import { beginDraft, isFilled, suggestName, toRequest, type SourceDraft } from "./source-draft.ts";
import { useSaving } from "./use-saving.ts";

interface SourceFormProps {
  kind: string;
  /** The one that is edited. */
  source: SourceSummary | undefined;
  /** Where a folder lies that was dropped on the window; "" where that is not known. */
  dropped: string | undefined;
  /** With the name of what was saved, or without where nothing was. */
  onDone: (name?: string) => void;
}

/**
 * Adds or edits a source of images. It is tested before it is saved; one that fails can be saved all the same, for a server that is off
 * today.
 */
export function SourceForm({ kind, source, dropped, onDone }: SourceFormProps): ReactNode {
  const { sources: labels } = useLabels();
  const { form } = labels;
  const [draft, setDraft] = useState(() => ({
    ...beginDraft(kind, source),
    ...(dropped === undefined ? {} : { path: dropped }),
  }));
  const hasSecret = source?.hasSecret ?? false;
  const name = draft.name.trim() === "" ? suggestName(draft) : draft.name.trim();
  const saving = useSaving(source, name, () => toRequest(draft, source), onDone);
  const change = (part: Partial<SourceDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
    saving.reset();
  };
  const title =
    source !== undefined ? labels.editTitle(source.name) : kind === "folder" ? form.folderTitle : form.serverTitle;
  return (
    <FormFrame
      title={title}
      source={source}
      name={draft.name}
      suggestedName={suggestName(draft)}
      onName={(next) => change({ name: next })}
      ready={isFilled(draft, hasSecret)}
      saving={saving}
      onCancel={() => onDone()}
    >
      {dropped === "" && <Text size="sm">{form.dropped}</Text>}
      {kind === "folder" ? (
        <FolderField
          label={form.path}
          description={form.pathHelp}
          purpose="read"
          startOpen={dropped === ""}
          value={draft.path}
          onChange={(path) => change({ path })}
        />
      ) : (
        <ServerFields draft={draft} hasSecret={hasSecret} onChange={change} />
      )}
    </FormFrame>
  );
}

import { Radio, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { FileField, FolderField } from "../../parts/folder-field.tsx";
import type { ResourcesDraft } from "./resources-draft.ts";

/** Names under which exports of FHIR and Open mHealth are kept. */
const EXTENSIONS = ["ndjson", "jsonl", "json", "gz"];

/** Files that somebody else exported: one, or a folder of them. */
export function ExportedFilesFields(props: {
  draft: ResourcesDraft;
  onChange: (part: Partial<ResourcesDraft>) => void;
}): ReactNode {
  const { draft, onChange } = props;
  const { files: labels } = useLabels().resourceSources;
  const path = { value: draft.path, onChange: (next: string) => onChange({ path: next }) };
  return (
    <>
      <Radio.Group
        label={labels.which}
        value={draft.isFile ? "file" : "folder"}
        onChange={(next) => onChange({ isFile: next === "file" })}
      >
        <Stack gap={6} mt={4}>
          <Radio value="folder" label={labels.folder} />
          <Radio value="file" label={labels.file} />
        </Stack>
      </Radio.Group>
      {draft.isFile ? (
        <FileField {...path} label={labels.filePath} description={labels.help} purpose="open" extensions={EXTENSIONS} />
      ) : (
        <FolderField {...path} label={labels.folderPath} description={labels.help} purpose="read" />
      )}
    </>
  );
}

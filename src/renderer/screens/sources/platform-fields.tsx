import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { FileField } from "../../parts/folder-field.tsx";
import { SecretField } from "../../parts/secret-field.tsx";
import type { RecordsDraft } from "./records-draft.ts";

/** How to reach a studies platform by HTTP. */
export function PlatformFields(props: {
  draft: RecordsDraft;
  hasSecret: boolean;
  onChange: (part: Partial<RecordsDraft>) => void;
}): ReactNode {
  const { draft, hasSecret, onChange } = props;
  const { sources, recordSources: labels } = useLabels();
  const { form } = sources;
  return (
    <>
      <TextInput
        label={form.url}
        description={labels.urlHelp}
        type="url"
        value={draft.url}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange({ url: event.currentTarget.value })}
      />
      <SecretField
        label={form.token}
        description={hasSecret ? form.secretKept : labels.tokenHelp}
        value={draft.secret}
        autoComplete="new-password"
        onChange={(event) => onChange({ secret: event.currentTarget.value })}
      />
      {draft.url.trim().toLowerCase().startsWith("https:") && (
        <FileField
          label={form.ca}
          description={form.caHelp}
          purpose="open"
          extensions={["pem", "crt", "cer"]}
          value={draft.caPath}
          onChange={(caPath) => onChange({ caPath })}
        />
      )}
    </>
  );
}

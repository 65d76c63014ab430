import { SegmentedControl, Text, TextInput } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { FileField } from "../../parts/folder-field.tsx";
import { SecretField } from "../../parts/secret-field.tsx";
import type { AuthKind, SourceDraft } from "./source-draft.ts";

const KINDS: readonly AuthKind[] = ["none", "basic", "bearer"];

/** How to reach an Orthanc server. */
export function ServerFields(props: {
  draft: SourceDraft;
  hasSecret: boolean;
  onChange: (part: Partial<SourceDraft>) => void;
}): ReactNode {
  const { draft, hasSecret, onChange } = props;
  const { sources } = useLabels();
  const { form } = sources;
  const authLabel = useId();
  return (
    <>
      <TextInput
        label={form.url}
        description={form.urlHelp}
        type="url"
        value={draft.url}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange({ url: event.currentTarget.value })}
      />
      <div>
        <Text size="sm" fw={600} id={authLabel}>
          {form.auth}
        </Text>
        <SegmentedControl
          aria-labelledby={authLabel}
          value={draft.auth}
          data={KINDS.map((kind) => ({ value: kind, label: form.authKinds[kind] }))}
          onChange={(auth) => onChange({ auth })}
        />
      </div>
      {draft.auth === "basic" && (
        <TextInput
          label={form.user}
          value={draft.user}
          autoComplete="off"
          onChange={(event) => onChange({ user: event.currentTarget.value })}
        />
      )}
      {draft.auth !== "none" && (
        <SecretField
          label={draft.auth === "basic" ? form.password : form.token}
          description={hasSecret ? form.secretKept : form.secretHelp}
          value={draft.secret}
          autoComplete="new-password"
          onChange={(event) => onChange({ secret: event.currentTarget.value })}
        />
      )}
      {draft.url.trim().toLowerCase().startsWith("https:") && (
        <FileField
          label={form.ca}
          description={form.caHelp}
          purpose="open"
          extensions={["pem", "crt", "cer"]}
          value={draft.ca}
          onChange={(ca) => onChange({ ca })}
        />
      )}
    </>
  );
}

import { SegmentedControl, Text, TextInput } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { SecretField } from "../../parts/secret-field.tsx";
import { AuthorityField, UrlField } from "./http-fields.tsx";
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
      <UrlField value={draft.url} description={form.urlHelp} onChange={(url) => onChange({ url })} />
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
      <AuthorityField url={draft.url} value={draft.ca} onChange={(ca) => onChange({ ca })} />
    </>
  );
}

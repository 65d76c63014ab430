import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { SecretField } from "../../parts/secret-field.tsx";
import { AuthorityField, UrlField } from "./http-fields.tsx";
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
      <UrlField value={draft.url} description={labels.urlHelp} onChange={(url) => onChange({ url })} />
      <SecretField
        label={form.token}
        description={hasSecret ? form.secretKept : labels.tokenHelp}
        value={draft.secret}
        autoComplete="new-password"
        onChange={(event) => onChange({ secret: event.currentTarget.value })}
      />
      <AuthorityField url={draft.url} value={draft.caPath} onChange={(caPath) => onChange({ caPath })} />
    </>
  );
}

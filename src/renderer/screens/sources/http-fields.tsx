import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { FileField } from "../../parts/folder-field.tsx";

/** The address of a server that is reached by HTTP. */
export function UrlField(props: { value: string; description: string; onChange: (url: string) => void }): ReactNode {
  const { value, description, onChange } = props;
  const { form } = useLabels().sources;
  return (
    <TextInput
      label={form.url}
      description={description}
      type="url"
      value={value}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The certificate of the authority that signed the server's, where the address asks for one. */
export function AuthorityField(props: { url: string; value: string; onChange: (path: string) => void }): ReactNode {
  const { url, value, onChange } = props;
  const { form } = useLabels().sources;
  if (!url.trim().toLowerCase().startsWith("https:")) return null;
  return (
    <FileField
      label={form.ca}
      description={form.caHelp}
      purpose="open"
      extensions={["pem", "crt", "cer"]}
      value={value}
      onChange={onChange}
    />
  );
}

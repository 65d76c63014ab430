import { Radio, Select, Stack, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import type { SourceSummary } from "../../../contract/calls/sources.ts";
import { useLabels } from "../../labels/labels.tsx";
import { SecretField } from "../../parts/secret-field.tsx";
import { AUTH_KINDS, isSecretKept, type AuthDraft } from "./auth-draft.ts";
import { BackendKeyFields } from "./backend-key-fields.tsx";
import { MoreFields } from "./more-fields.tsx";

/** How a FHIR server is told who asks. */
export function AuthFields(props: {
  auth: AuthDraft;
  source: SourceSummary | undefined;
  onChange: (part: Partial<AuthDraft>) => void;
}): ReactNode {
  const { auth, source, onChange } = props;
  const { sources, resourceSources } = useLabels();
  const { form } = sources;
  const labels = resourceSources.auth;
  const { kind } = auth;
  const secretHelp = isSecretKept(auth, source) ? form.secretKept : form.secretHelp;
  const isOAuth = kind === "client-credentials" || kind === "smart-backend" || kind === "pkce";
  return (
    <>
      <Select
        label={form.auth}
        description={labels.help[kind]}
        allowDeselect={false}
        data={AUTH_KINDS.map((value) => ({ value, label: labels.kinds[value] }))}
        value={kind}
        onChange={(next) => onChange({ kind: AUTH_KINDS.find((one) => one === next) ?? kind, secret: "" })}
      />
      {kind === "basic" && <Plain label={form.user} value={auth.user} onChange={(user) => onChange({ user })} />}
      {isOAuth && (
        <Plain
          label={labels.clientId}
          description={labels.clientIdHelp}
          value={auth.clientId}
          onChange={(clientId) => onChange({ clientId })}
        />
      )}
      {(kind === "basic" || kind === "bearer" || kind === "client-credentials") && (
        <SecretField
          label={kind === "basic" ? form.password : kind === "bearer" ? form.token : labels.clientSecret}
          description={secretHelp}
          value={auth.secret}
          autoComplete="new-password"
          onChange={(event) => onChange({ secret: event.currentTarget.value })}
        />
      )}
      {kind === "smart-backend" && <BackendKeyFields auth={auth} source={source} onChange={onChange} />}
      {isOAuth && (
        <MoreFields label={labels.more}>
          <Endpoints auth={auth} onChange={onChange} />
        </MoreFields>
      )}
    </>
  );
}

/** What a server names by itself, for those that do not. */
function Endpoints({ auth, onChange }: { auth: AuthDraft; onChange: (part: Partial<AuthDraft>) => void }): ReactNode {
  const { auth: labels } = useLabels().resourceSources;
  const { kind } = auth;
  return (
    <>
      <Plain
        label={labels.tokenUrl}
        description={labels.tokenUrlHelp}
        value={auth.tokenUrl}
        onChange={(tokenUrl) => onChange({ tokenUrl })}
      />
      {kind === "pkce" && (
        <Plain
          label={labels.authorizeUrl}
          description={labels.tokenUrlHelp}
          value={auth.authorizeUrl}
          onChange={(authorizeUrl) => onChange({ authorizeUrl })}
        />
      )}
      <Plain
        label={labels.scope}
        description={labels.scopeHelp}
        value={auth.scope}
        onChange={(scope) => onChange({ scope })}
      />
      {kind === "pkce" && (
        <TextInput
          label={labels.port}
          description={labels.portHelp}
          inputMode="numeric"
          autoComplete="off"
          value={auth.redirectPort}
          onChange={(event) => onChange({ redirectPort: event.currentTarget.value.replaceAll(/\D/g, "").slice(0, 5) })}
        />
      )}
      {kind === "client-credentials" && (
        <Radio.Group
          label={labels.send}
          value={auth.send}
          onChange={(next) => onChange({ send: next === "post" ? "post" : "basic" })}
        >
          <Stack gap={6} mt={4}>
            <Radio value="basic" label={labels.sends.basic} />
            <Radio value="post" label={labels.sends.post} />
          </Stack>
        </Radio.Group>
      )}
    </>
  );
}

function Plain(props: {
  label: string;
  description?: string;
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  const { onChange, ...rest } = props;
  return (
    <TextInput
      {...rest}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

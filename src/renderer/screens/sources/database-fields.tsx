import { Button, Group, Select, Text, TextInput } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { FileField } from "../../parts/folder-field.tsx";
import { useFormat } from "../../parts/format.ts";
import { SecretField } from "../../parts/secret-field.tsx";
import { pasteAddress, TLS_MODES, tlsOf, type RecordsDraft } from "./records-draft.ts";
import classes from "./sources.module.css";

const USUAL_PORTS: Record<string, string> = { postgres: "5432", mysql: "3306" };

interface Certificates {
  pem: string;
  certificates: { subject: string; validUntil: string }[];
}

/** How to reach a PostgreSQL, MySQL or MariaDB server. */
export function DatabaseFields(props: {
  draft: RecordsDraft;
  hasSecret: boolean;
  certificate: UseQueryResult<Certificates>;
  onChange: (part: Partial<RecordsDraft>) => void;
}): ReactNode {
  const { draft, hasSecret, certificate, onChange } = props;
  const { sources, recordSources: labels } = useLabels();
  const { form } = sources;
  const format = useFormat();
  const plain = { spellCheck: false, autoComplete: "off" } as const;
  const tls = tlsOf(draft);
  const isKnown = TLS_MODES.find((mode) => mode === tls);
  return (
    <>
      <div className={classes.address}>
        <TextInput
          {...plain}
          label={labels.host}
          description={labels.hostHelp}
          value={draft.host}
          onChange={(event) => {
            const text = event.currentTarget.value;
            onChange(pasteAddress(draft, text) ?? { host: text });
          }}
        />
        <TextInput
          {...plain}
          label={labels.port}
          description={labels.portHelp}
          inputMode="numeric"
          placeholder={USUAL_PORTS[draft.kind] ?? ""}
          value={draft.port}
          onChange={(event) => onChange({ port: event.currentTarget.value.replaceAll(/\D/g, "") })}
        />
      </div>
      <TextInput
        {...plain}
        label={labels.database}
        value={draft.database}
        onChange={(event) => onChange({ database: event.currentTarget.value })}
      />
      <TextInput
        {...plain}
        label={form.user}
        description={labels.userHelp}
        value={draft.user}
        onChange={(event) => onChange({ user: event.currentTarget.value })}
      />
      <SecretField
        label={form.password}
        description={hasSecret ? form.secretKept : form.secretHelp}
        value={draft.secret}
        autoComplete="new-password"
        onChange={(event) => onChange({ secret: event.currentTarget.value })}
      />
      <Select
        label={labels.tls}
        description={isKnown === undefined ? undefined : labels.tlsHelp[isKnown]}
        allowDeselect={false}
        data={TLS_MODES.map((mode) => ({ value: mode, label: labels.tlsModes[mode] }))}
        value={tls}
        onChange={(next) => next !== null && onChange({ tls: next })}
      />
      {tls !== "disable" && (
        <>
          <FileField
            label={form.ca}
            description={draft.caStored === "" ? labels.caHelp : labels.caKept}
            purpose="open"
            extensions={["pem", "crt", "cer"]}
            value={draft.caPath}
            onChange={(caPath) => onChange({ caPath })}
          />
          {draft.caPath !== "" && certificate.error !== null && <ErrorNotice error={certificate.error} />}
          {draft.caPath !== "" &&
            certificate.data?.certificates.map(({ subject, validUntil }) => (
              <Text key={subject} size="sm">
                {labels.caRead(subject, format.date(validUntil))}
              </Text>
            ))}
          {draft.caStored !== "" && (
            <Group>
              <Button size="compact-sm" variant="default" onClick={() => onChange({ caStored: "" })}>
                {labels.caRemove}
              </Button>
            </Group>
          )}
        </>
      )}
    </>
  );
}

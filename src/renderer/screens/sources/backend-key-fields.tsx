import { Radio, Select, Stack, Text, Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import type { SourceSummary } from "../../../contract/calls/sources.ts";
import { useLabels } from "../../labels/labels.tsx";
import { isSecretKept, KEY_ALGORITHMS, type AuthDraft } from "./auth-draft.ts";
import classes from "./sources.module.css";

/** The private key of SMART backend services: made by Satchel once the source is saved, or given. */
export function BackendKeyFields(props: {
  auth: AuthDraft;
  source: SourceSummary | undefined;
  onChange: (part: Partial<AuthDraft>) => void;
}): ReactNode {
  const { auth, source, onChange } = props;
  const { auth: labels } = useLabels().resourceSources;
  const isKept = isSecretKept(auth, source);
  return (
    <>
      <Radio.Group
        label={labels.key}
        value={auth.ownKey ? "own" : "made"}
        onChange={(next) => onChange({ ownKey: next === "own" })}
      >
        <Stack gap={6} mt={4}>
          <Radio
            value="made"
            label={isKept ? labels.keyKept : labels.keyMade}
            description={isKept ? labels.keyKeptHelp : labels.keyMadeHelp}
          />
          <Radio value="own" label={labels.keyOwn} />
        </Stack>
      </Radio.Group>
      {auth.ownKey ? (
        <Textarea
          label={labels.privateKey}
          description={labels.privateKeyHelp}
          classNames={{ input: classes.privateKey ?? "" }}
          minRows={3}
          maxRows={6}
          autosize
          spellCheck={false}
          autoComplete="off"
          value={auth.secret}
          onChange={(event) => onChange({ secret: event.currentTarget.value })}
        />
      ) : isKept ? (
        <Text size="sm" c="dimmed">
          {labels.keyOnCard}
        </Text>
      ) : (
        <Select
          label={labels.algorithm}
          description={labels.algorithmHelp}
          allowDeselect={false}
          data={[...KEY_ALGORITHMS]}
          value={auth.algorithm}
          onChange={(next) => onChange({ algorithm: next === "RS384" ? "RS384" : "ES384" })}
        />
      )}
    </>
  );
}

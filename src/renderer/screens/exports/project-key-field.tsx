import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useAnswer, useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { Warning } from "./warning.tsx";

/** The project key, chosen or made in place, and what it is. */
export function ProjectKeyField({ value, onChange }: { value: string; onChange: (key: string) => void }): ReactNode {
  const { exporting, policy } = useLabels();
  const labels = exporting.key;
  const keys = useAnswer("keys.list", {});
  const [making, setMaking] = useState(false);
  const names = keys.data?.map(({ name }) => name) ?? [];
  const isGone = value !== "" && keys.data !== undefined && !names.includes(value);
  const isFirst = keys.data?.length === 0;
  return (
    <Stack gap="xs">
      {keys.error !== null && <ErrorNotice error={keys.error} />}
      {isGone && <Warning title={labels.label}>{labels.gone(value)}</Warning>}
      {making || isFirst ? (
        <NewKey
          taken={names}
          onMade={(name) => {
            onChange(name);
            setMaking(false);
          }}
          onCancel={isFirst ? undefined : () => setMaking(false)}
        />
      ) : (
        <Group align="end" gap="xs">
          <Select
            label={labels.label}
            placeholder={labels.choose}
            data={names}
            value={isGone ? null : value}
            onChange={(name) => onChange(name ?? "")}
            allowDeselect={false}
            w={280}
          />
          <Button variant="default" onClick={() => setMaking(true)}>
            {labels.make}
          </Button>
        </Group>
      )}
      <Text size="sm" c="dimmed" maw={720}>
        {making || isFirst ? policy.key.meaning : ""} {policy.key.risk}
      </Text>
    </Stack>
  );
}

function NewKey(props: {
  /** Names of the keys that are there. */
  taken: readonly string[];
  onMade: (name: string) => void;
  onCancel: (() => void) | undefined;
}): ReactNode {
  const labels = useLabels().exporting.key;
  const [name, setName] = useState(() => freeName(labels.proposedName, props.taken));
  const make = useCall("keys.new");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate({ name: name.trim() }, { onSuccess: (key) => props.onMade(key.name) });
      }}
    >
      <Stack gap="xs">
        {props.taken.length === 0 && <Text size="sm">{labels.none}</Text>}
        <Group align="end" gap="xs">
          <TextInput
            label={labels.newName}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            w={360}
            maw="100%"
          />
          <Button type="submit" variant="default" disabled={name.trim() === ""} loading={make.isPending}>
            {labels.create}
          </Button>
          {props.onCancel !== undefined && (
            <Button variant="subtle" onClick={props.onCancel}>
              {labels.cancel}
            </Button>
          )}
        </Group>
        {make.error !== null && <ErrorNotice error={make.error} onDismiss={() => make.reset()} />}
      </Stack>
    </form>
  );
}

/** The proposal, numbered where a key of that name is there already: one click is enough to make a key. */
function freeName(proposal: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? proposal : `${proposal}-${number}`;
    if (!taken.includes(name)) return name;
  }
}

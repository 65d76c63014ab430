import { Button, Group, MultiSelect, Text } from "@mantine/core";
import { IconListSearch } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import type { AskedChoices } from "./use-choices.ts";

/** More at once is no list that anybody reads: typing narrows it. */
const MOST_SHOWN = 50;

export interface Choice {
  value: string;
  label: string;
}

/** Some of what the server has, or all of it where none is chosen. What was chosen earlier stays in the list. */
export function ChoicesField(props: {
  label: string;
  description: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}): ReactNode {
  const { label, description, choices, chosen, onChange } = props;
  const { resourceSources: labels } = useLabels();
  const known = new Set(choices.map(({ value }) => value));
  const data = [...choices, ...chosen.filter((one) => !known.has(one)).map((value) => ({ value, label: value }))];
  return (
    <MultiSelect
      label={label}
      description={description}
      placeholder={chosen.length === 0 ? labels.all : undefined}
      data={data}
      limit={MOST_SHOWN}
      searchable
      clearable
      hidePickedOptions
      nothingFoundMessage={choices.length === 0 ? labels.notAsked : labels.noneFound}
      clearButtonProps={{ "aria-label": labels.clearChoice(label) }}
      value={[...chosen]}
      onChange={onChange}
    />
  );
}

/** Asks the server what it has to choose from. */
export function AskChoices({ asked, disabled }: { asked: AskedChoices; disabled: boolean }): ReactNode {
  const { resourceSources: labels } = useLabels();
  return (
    <>
      <Group gap="sm">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconListSearch size={14} aria-hidden />}
          loading={asked.busy}
          disabled={disabled}
          onClick={asked.ask}
        >
          {labels.ask}
        </Button>
        <Text size="sm" role="status">
          {asked.choices === undefined ? "" : labels.asked}
        </Text>
      </Group>
      {asked.error !== null && <ErrorNotice error={asked.error} onDismiss={asked.reset} />}
    </>
  );
}

import { ActionIcon, Button, Group, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useAnswer, useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { startFrom } from "./draft-state.ts";
import classes from "./exports.module.css";

/** Recipes that were saved: to open, which fills in all three steps, or to remove. Nothing is shown where there is none. */
export function SavedRecipes(): ReactNode {
  const { datasets, exporting, tables } = useLabels();
  const labels = exporting.saved;
  const kinds = { ...tables.kind, ...datasets.kinds };
  const format = useFormat();
  const recipes = useAnswer("recipes.list", {});
  const remove = useCall("recipes.remove");
  const [doomed, setDoomed] = useState<string>();
  if (recipes.error !== null) return <ErrorNotice error={recipes.error} />;
  if (recipes.data === undefined || recipes.data.length === 0) return null;
  return (
    <fieldset className={classes.plain}>
      <Text component="legend" size="sm" fw={500}>
        {labels.legend}
      </Text>
      <Group gap="xs" mt={4}>
        {recipes.data.map(({ name, recipe, savedAt }) => (
          <Group key={name} gap={4} wrap="nowrap">
            <Button
              variant="default"
              size="compact-md"
              title={labels.savedAt(format.moment(savedAt))}
              onClick={() => startFrom(recipe)}
            >
              <bdi dir="auto">{name}</bdi>
              <Text span size="xs" c="dimmed" ml={6}>
                {kinds[recipe.kind]}
              </Text>
            </Button>
            <ActionIcon variant="subtle" color="gray" aria-label={labels.remove(name)} onClick={() => setDoomed(name)}>
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
      </Group>
      {remove.error !== null && <ErrorNotice error={remove.error} onDismiss={() => remove.reset()} />}
      <Confirm
        opened={doomed !== undefined}
        title={labels.removeTitle(doomed ?? "")}
        confirmLabel={labels.removeButton}
        busy={remove.isPending}
        onCancel={() => setDoomed(undefined)}
        onConfirm={() => {
          if (doomed !== undefined) remove.mutate({ name: doomed }, { onSettled: () => setDoomed(undefined) });
        }}
      >
        {labels.removeText}
      </Confirm>
    </fieldset>
  );
}

import { Button, Group, Text, TextInput } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { SatchelError } from "../../../contract/errors.ts";
import type { Recipe } from "../../../contract/recipe.ts";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";

/** Keeps the export as it stands under a name, to be opened another time. */
export function SaveRecipe({ recipe }: { recipe: Recipe | undefined }): ReactNode {
  const labels = useLabels().exporting.saved;
  const save = useCall("recipes.save");
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const [saved, setSaved] = useState<string>();
  if (recipe === undefined) return null;
  const isTaken = save.error instanceof SatchelError && save.error.code === "ALREADY_EXISTS";
  const keep = (replace: boolean): void =>
    save.mutate(
      { name: name.trim(), recipe, replace },
      {
        onSuccess: () => {
          setSaved(name.trim());
          setNaming(false);
          setName("");
        },
      },
    );
  if (!naming)
    return (
      <Group gap="xs">
        {saved !== undefined && (
          <Text size="sm" role="status">
            {labels.saved(saved)}
          </Text>
        )}
        <Button variant="default" onClick={() => setNaming(true)}>
          {labels.save}
        </Button>
      </Group>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keep(false);
      }}
    >
      <Group gap="xs" align="end">
        <TextInput
          label={labels.name}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={name.trim() === ""} loading={save.isPending}>
          {labels.saveButton}
        </Button>
        <Button variant="subtle" onClick={() => setNaming(false)}>
          {labels.cancel}
        </Button>
      </Group>
      {save.error !== null && !isTaken && <ErrorNotice error={save.error} onDismiss={() => save.reset()} />}
      <Confirm
        opened={isTaken}
        title={labels.replaceTitle(name.trim())}
        confirmLabel={labels.replace}
        busy={save.isPending}
        onCancel={() => save.reset()}
        onConfirm={() => keep(true)}
      >
        {labels.replaceText}
      </Confirm>
    </form>
  );
}

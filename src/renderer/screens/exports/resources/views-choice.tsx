import { ActionIcon, Button, Checkbox, FileButton, Group, Text } from "@mantine/core";
import { IconFileUpload, IconPencil, IconX } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { ErrorNotice } from "../../../parts/error-notice.tsx";
import { useFormat } from "../../../parts/format.ts";
import type { ResourcesInHand } from "../draft-state.ts";
import type { ChosenView } from "./resources-draft.ts";
import classes from "./resources.module.css";
import { ViewEditor } from "./view-editor.tsx";

const ICON = 16;
const NEW_VIEW = `{
  "resourceType": "ViewDefinition",
  "name": "my_view",
  "resource": "Patient",
  "select": [
    { "column": [{ "name": "patient_id", "path": "getResourceKey()" }] }
  ]
}
`;

type OwnView = Extract<ChosenView, { document: unknown }>;

/** What is open in the editor: a new view, or one of the chosen. */
interface Editing {
  /** The one that is replaced; undefined of a new one. */
  of: OwnView | undefined;
  text: string;
}

/** Which tables are made: built-in views to choose, and views of one's own by file and in an editor. */
export function ViewsChoice({ hand }: { hand: ResourcesInHand }): ReactNode {
  const labels = useLabels().resourceExports.views;
  const format = useFormat();
  const views = useAnswer("views.list", {});
  const { draft, change } = hand;
  const [editing, setEditing] = useState<Editing>();
  const own = draft.views.filter((one): one is OwnView => "document" in one);
  const named = draft.views.flatMap((one) => ("name" in one ? [one.name] : []));
  const setNamed = (names: readonly string[]): void =>
    change({ views: [...(views.data ?? []).flatMap(({ name }) => (names.includes(name) ? [{ name }] : [])), ...own] });
  const setOwn = (next: readonly OwnView[]): void =>
    change({ views: [...draft.views.filter((one) => "name" in one), ...next] });
  const use = (document: Record<string, unknown>): void => {
    const of = editing?.of;
    setOwn(of === undefined ? [...own, { document }] : own.map((one) => (one === of ? { document } : one)));
    setEditing(undefined);
  };
  return (
    <div className={classes.block}>
      {views.error !== null && <ErrorNotice error={views.error} />}
      <Checkbox.Group label={labels.legend} description={labels.hint} value={named} onChange={setNamed}>
        <div className={classes.views}>
          {views.data?.map(({ name, title, resource, columns }) => (
            <Checkbox
              key={name}
              value={name}
              label={title}
              description={labels.of(format.count(columns.length), resource)}
            />
          ))}
        </div>
      </Checkbox.Group>
      {own.length > 0 && (
        <section aria-label={labels.own}>
          <Text size="sm" fw={500}>
            {labels.own}
          </Text>
          <ul className={classes.own}>
            {own.map((view, index) => {
              const name = nameOf(view);
              return (
                <li key={`${index} ${name}`}>
                  <bdi dir="auto">{name}</bdi>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={labels.edit(name)}
                    onClick={() => setEditing({ of: view, text: JSON.stringify(view.document, null, 2) })}
                  >
                    <IconPencil size={ICON} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={labels.remove(name)}
                    onClick={() => setOwn(own.filter((one) => one !== view))}
                  >
                    <IconX size={ICON} />
                  </ActionIcon>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {editing === undefined ? (
        <Group gap="xs">
          <FileButton
            accept=".json"
            onChange={(file) => void file?.text().then((text) => setEditing({ of: undefined, text }))}
          >
            {(button) => (
              <Button {...button} variant="default" size="compact-md" leftSection={<IconFileUpload size={ICON} />}>
                {labels.open}
              </Button>
            )}
          </FileButton>
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconPencil size={ICON} />}
            onClick={() => setEditing({ of: undefined, text: NEW_VIEW })}
          >
            {labels.write}
          </Button>
        </Group>
      ) : (
        <ViewEditor
          first={editing.text}
          views={views.data ?? []}
          taken={[...named, ...own.filter((one) => one !== editing.of).map(nameOf)]}
          hand={hand}
          onUse={use}
          onCancel={() => setEditing(undefined)}
        />
      )}
    </div>
  );
}

function nameOf({ document }: OwnView): string {
  const { name, resource } = document;
  return typeof name === "string" ? name : typeof resource === "string" ? resource : "";
}

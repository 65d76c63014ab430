import { Button, Group, TextInput } from "@mantine/core";
import { IconFolderPlus } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../error-notice.tsx";

/** Makes a folder where one stands and goes into it. */
export function NewFolder(props: { parent: string; disabled: boolean; onMade: (path: string) => void }): ReactNode {
  const { files, parts } = useLabels();
  const [name, setName] = useState<string>();
  const make = useCall("folders.make");
  if (name === undefined)
    return (
      <Button
        variant="default"
        disabled={props.disabled}
        leftSection={<IconFolderPlus size={16} />}
        onClick={() => setName("")}
      >
        {files.newFolder}
      </Button>
    );
  const submit = (): void => {
    if (name.trim() === "") return;
    make.mutate(
      { path: props.parent, name: name.trim() },
      {
        onSuccess: ({ path }) => {
          setName(undefined);
          props.onMade(path);
        },
      },
    );
  };
  return (
    <div>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={files.newFolderName}
          value={name}
          data-autofocus
          ref={(field) => field?.focus()}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") {
              event.preventDefault();
              submit();
            }
          }}
        />
        <Button variant="default" loading={make.isPending} disabled={name.trim() === ""} onClick={submit}>
          {files.make}
        </Button>
        <Button variant="subtle" onClick={() => setName(undefined)}>
          {parts.cancel}
        </Button>
      </Group>
      {make.error !== null && <ErrorNotice error={make.error} onDismiss={() => make.reset()} />}
    </div>
  );
}

import { Button, TextInput } from "@mantine/core";
import { IconFolder } from "@tabler/icons-react";
import { useId, useState, type ReactNode } from "react";
import { useAnswer, useCall } from "../client/query.ts";
import { useLabels } from "../labels/labels.tsx";
import { ErrorNotice } from "./error-notice.tsx";
import { FolderBrowser } from "./folder-browser/folder-browser.tsx";
import classes from "./folder-field.module.css";

interface FieldProps {
  label: string;
  description?: string;
  /** An absolute path, or "". */
  value: string;
  onChange: (path: string) => void;
  /** What is wrong with the value. */
  problem?: ReactNode;
  disabled?: boolean;
}

/** A folder by its path: typed, or chosen in the platform's dialog, or in the browser of the window where there is none. */
export function FolderField({
  purpose,
  ...field
}: FieldProps & {
  purpose: "read" | "write";
  /** Begins with the window's own browser open, where the shell has no dialog. */
  startOpen?: boolean;
}): ReactNode {
  const choose = useCall("shell.chooseFolder");
  return (
    <PathField
      {...field}
      chooseNatively={async () => {
        const { path } = await choose.mutateAsync({
          title: field.label,
          ...(field.value === "" ? {} : { path: field.value }),
        });
        return path;
      }}
      browser={(use) => <FolderBrowser want="folder" purpose={purpose} start={field.value} onChoose={use} />}
    />
  );
}

/** A file to open, or one to be made: typed or chosen like a folder. */
export function FileField({
  purpose,
  name,
  extensions = [],
  ...field
}: FieldProps & {
  purpose: "open" | "save";
  /** Of a file to be made, as first offered. */
  name?: string;
  /** Without dots; all where left out. */
  extensions?: string[];
}): ReactNode {
  const choose = useCall("shell.chooseFile");
  return (
    <PathField
      {...field}
      chooseNatively={async () => {
        const { path } = await choose.mutateAsync({
          title: field.label,
          purpose,
          extensions,
          ...(name === undefined ? {} : { name }),
        });
        return path;
      }}
      browser={(use) => (
        <FolderBrowser
          want={purpose === "save" ? "new-file" : "file"}
          purpose={purpose === "save" ? "write" : "read"}
          start={field.value}
          name={name ?? ""}
          extensions={extensions}
          onChoose={use}
        />
      )}
    />
  );
}

function PathField(
  props: FieldProps & {
    startOpen?: boolean;
    chooseNatively: () => Promise<string | null>;
    browser: (use: (path: string) => void) => ReactNode;
  },
): ReactNode {
  const { label, description, value, onChange, problem, disabled = false } = props;
  const { files } = useLabels();
  const native = useAnswer("shell.describe", {}).data?.capabilities.dialogs;
  const [browsing, setBrowsing] = useState(props.startOpen ?? false);
  const [failed, setFailed] = useState<Error>();
  const panel = useId();
  // Our own browser is shown where there is no dialog, or the dialog failed.
  const [fellBack, setFellBack] = useState(false);
  const shown = browsing && (native === false || fellBack);
  const chooseNatively = async (): Promise<void> => {
    setFailed(undefined);
    try {
      const path = await props.chooseNatively();
      if (path !== null) onChange(path);
    } catch (thrown) {
      // The dialog may be refused by the platform: our own browser is always there.
      setFailed(thrown instanceof Error ? thrown : new Error(String(thrown)));
      setFellBack(true);
      setBrowsing(true);
    }
  };
  return (
    <div className={classes.field}>
      <div className={classes.row}>
        <TextInput
          className={classes.path}
          label={label}
          description={description}
          value={value}
          disabled={disabled}
          spellCheck={false}
          autoComplete="off"
          error={problem}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={disabled}
          leftSection={<IconFolder size={16} />}
          {...(native === true ? {} : { "aria-expanded": shown, "aria-controls": panel })}
          onClick={() => (native === true ? void chooseNatively() : setBrowsing(!browsing))}
        >
          {native === true ? files.choose : files.browse}
        </Button>
      </div>
      {failed !== undefined && <ErrorNotice error={failed} onDismiss={() => setFailed(undefined)} />}
      <div id={panel} className={classes.room}>
        {shown &&
          props.browser((path) => {
            onChange(path);
            setBrowsing(false);
          })}
      </div>
    </div>
  );
}

import { Button, Group, Text, TextInput } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../error-notice.tsx";
import { FolderEntries } from "./folder-entries.tsx";
import { NewFolder } from "./new-folder.tsx";
import { PlaceNotes, Places } from "./places.tsx";
import classes from "./folder-browser.module.css";

interface FolderBrowserProps {
  /** "new-file": a folder and a name in it. */
  want: "folder" | "file" | "new-file";
  purpose: "read" | "write";
  /** A path to begin at; "" begins at the drives. */
  start: string;
  name?: string;
  extensions?: readonly string[];
  onChoose: (path: string) => void;
}

/** Stands in for the platform's dialog: drives and removable media first, with free space, file system and what cannot be written. */
export function FolderBrowser(props: FolderBrowserProps): ReactNode {
  const { want, purpose, onChoose, extensions = [] } = props;
  const { files, parts } = useLabels();
  const places = useAnswer("folders.places", {});
  const [chosen, setChosen] = useState(want === "folder" ? props.start : parentOf(props.start));
  const [name, setName] = useState(props.name ?? "");
  // Where the start is not there (any more), the first place is: it is a removable one where there is one.
  const asked = useAnswer("folders.list", { path: chosen, files: want !== "folder" }, { enabled: chosen !== "" });
  const fallback = asked.isError && chosen === props.start ? (places.data?.[0]?.path ?? "") : "";
  const first = chosen === "" ? (places.data?.find((one) => one.kind === "home") ?? places.data?.[0])?.path : undefined;
  const path = first ?? (fallback === "" ? chosen : fallback);
  const listing = useAnswer(
    "folders.list",
    { path, files: want !== "folder" },
    { enabled: path !== "", keepPrevious: true },
  );
  const here = listing.data;
  const readOnly = purpose === "write" && here?.place.readOnly === true;
  const join = (file: string): string => `${here?.path ?? ""}${separatorOf(here?.path ?? "/")}${file}`;
  return (
    <section aria-label={files.browser} className={classes.browser}>
      <Places places={places.data ?? []} current={here?.place.path ?? path} onOpen={setChosen} />
      <div className={classes.folder}>
        <Group gap="xs" wrap="nowrap">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowUp size={14} />}
            disabled={here === undefined || here.parent === null}
            onClick={() => setChosen(here?.parent ?? path)}
          >
            {files.up}
          </Button>
          <Text size="sm" className={classes.path} title={here?.path}>
            <bdi>{here?.path ?? path}</bdi>
          </Text>
        </Group>
        {listing.error !== null && <ErrorNotice error={listing.error} />}
        {places.error !== null && <ErrorNotice error={places.error} />}
        {here === undefined ? (
          <Text size="sm" c="dimmed">
            {listing.isError ? "" : parts.loading}
          </Text>
        ) : (
          <FolderEntries
            folder={here.path}
            entries={here.entries.filter((one) => one.kind === "folder" || fits(one.name, extensions))}
            empty={want === "folder" ? files.noFolders : files.nothingHere}
            onOpen={(entry) => {
              if (entry.kind === "folder") setChosen(entry.path);
              else if (want === "new-file") setName(entry.name);
              else onChoose(entry.path);
            }}
            onUp={() => here.parent !== null && setChosen(here.parent)}
          />
        )}
        {here?.truncated === true && <Text size="xs">{files.truncated}</Text>}
        {here !== undefined && <PlaceNotes place={here.place} purpose={purpose} />}
        <Group gap="xs" justify="space-between" align="flex-end">
          {purpose === "write" && here !== undefined ? (
            <NewFolder parent={here.path} disabled={readOnly} onMade={setChosen} />
          ) : (
            <Text size="xs" c="dimmed">
              {files.keysHint}
            </Text>
          )}
          {want === "folder" && (
            <Button disabled={here === undefined || readOnly} onClick={() => here && onChoose(here.path)}>
              {files.useThis}
            </Button>
          )}
          {want === "new-file" && (
            <Group gap="xs" align="flex-end">
              <TextInput label={files.fileName} value={name} onChange={(event) => setName(event.currentTarget.value)} />
              <Button
                disabled={here === undefined || readOnly || name.trim() === ""}
                onClick={() => onChoose(join(name.trim()))}
              >
                {files.saveHere}
              </Button>
            </Group>
          )}
        </Group>
      </div>
    </section>
  );
}

function fits(name: string, extensions: readonly string[]): boolean {
  return extensions.length === 0 || extensions.some((one) => name.toLowerCase().endsWith(`.${one.toLowerCase()}`));
}

/** Windows paths are told by their backslashes: the page does not know where the engine runs. */
function separatorOf(path: string): string {
  const separator = path.includes("\\") ? "\\" : "/";
  return path.endsWith(separator) ? "" : separator;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"), 0));
}

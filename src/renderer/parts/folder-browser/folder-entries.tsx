import { IconFile, IconFolder } from "@tabler/icons-react";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../format.ts";
import classes from "./folder-browser.module.css";

interface FolderEntry {
  name: string;
  path: string;
  kind: "folder" | "file";
  bytes: number | null;
}

/** The folders and files of one folder as a list box: arrows choose, Enter or a click opens, Backspace goes up. */
export function FolderEntries(props: {
  /** Whose entries these are. */
  folder: string;
  entries: readonly FolderEntry[];
  empty: string;
  onOpen: (entry: FolderEntry) => void;
  onUp: () => void;
}): ReactNode {
  const { folder, entries, empty, onOpen, onUp } = props;
  const { files } = useLabels();
  const format = useFormat();
  const [at, setAt] = useState(0);
  const [shown, setShown] = useState(folder);
  if (shown !== folder) {
    // The list stays, and with it the focus. Up from a folder one stands on it again.
    setShown(folder);
    setAt(
      Math.max(
        0,
        entries.findIndex((one) => one.path === shown),
      ),
    );
  }
  const list = useId();
  const moveTo = (index: number): void => {
    const next = Math.max(Math.min(index, entries.length - 1), 0);
    setAt(next);
    document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: "nearest" });
  };
  const press = (event: KeyboardEvent): void => {
    const moves: Record<string, () => void> = {
      ArrowDown: () => moveTo(at + 1),
      ArrowUp: () => moveTo(at - 1),
      PageDown: () => moveTo(at + 8),
      PageUp: () => moveTo(at - 8),
      Home: () => moveTo(0),
      End: () => moveTo(entries.length - 1),
      Enter: () => entries[at] && onOpen(entries[at]),
      Backspace: onUp,
    };
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      move();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const wanted = event.key.toLowerCase();
      const order = [...entries.keys()].map((index) => (index + at + 1) % entries.length);
      const found = order.find((index) => entries[index]?.name.toLowerCase().startsWith(wanted));
      if (found !== undefined) moveTo(found);
    }
  };
  return (
    <div
      role="listbox"
      tabIndex={0}
      aria-label={files.contents}
      aria-activedescendant={`${list}-${at}`}
      className={classes.entries}
      onKeyDown={press}
    >
      {entries.length === 0 && (
        <div id={`${list}-0`} role="option" aria-selected={false} aria-disabled className={classes.none}>
          {empty}
        </div>
      )}
      {entries.map((entry, index) => (
        // Keys are handled by the list box, which has the focus (WAI-ARIA: aria-activedescendant).
        <div
          key={entry.path}
          id={`${list}-${index}`}
          role="option"
          aria-selected={index === at}
          className={classes.entry}
          // The second click of a double one would hit whatever has come to stand there.
          onClick={(event) => event.detail < 2 && onOpen(entry)}
        >
          <span aria-hidden>{entry.kind === "folder" ? <IconFolder size={16} /> : <IconFile size={16} />}</span>
          <bdi className={classes.entryName}>{entry.name}</bdi>
          <span className={classes.entrySize}>
            {entry.kind === "file" && entry.bytes !== null ? format.bytes(entry.bytes) : ""}
          </span>
        </div>
      ))}
    </div>
  );
}

import { Button } from "@mantine/core";
import { useEffect, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { announce } from "../../parts/announce.tsx";
import { goTo } from "../../route.ts";
import { clearSelection, isSameFilter, setSelection, type Selection } from "../../selection.ts";
import { changeBrowse, useBrowse } from "./browse-state.ts";
import { useSelectionWords } from "./use-selection-words.ts";
import styles from "./browse.module.css";

/** What is picked, always in sight while something is; and the question, where another picking would give it up. */
export function SelectionBar({ selection }: { selection: Selection }): ReactNode {
  const labels = useLabels().browse.selection;
  const { filter, pending } = useBrowse();
  const { words } = useSelectionWords(selection);
  const next = useSelectionWords(pending ?? { scope: "none" });
  const asks = pending !== undefined && selection.scope !== "none";
  useEffect(
    () => announce(asks ? labels.asks(words, next.words) : words === "" ? "" : labels.selected(words)),
    [asks, words, next.words, labels],
  );
  if (selection.scope === "none") return null;
  if (asks)
    return (
      <div className={styles.selection} data-asks="true" role="group" aria-label={labels.label}>
        <span dir="auto">{labels.asks(words, next.words)}</span>
        <Button
          size="compact-xs"
          onClick={() => {
            setSelection(pending);
            changeBrowse({ pending: undefined });
          }}
        >
          {labels.replace}
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => changeBrowse({ pending: undefined })}>
          {labels.keep}
        </Button>
      </div>
    );
  const isElsewhere = selection.scope === "matching" && !isSameFilter(selection.filter, filter);
  return (
    <div className={styles.selection} role="group" aria-label={labels.label}>
      <span dir="auto">
        {labels.selected(words)}
        {isElsewhere ? ` ${labels.otherFilter}` : ""}
      </span>
      {isElsewhere ? (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            changeBrowse({ filter: selection.filter, offsets: { patients: 0, studies: 0 } });
            goTo("browse", selection.of);
          }}
        >
          {labels.show}
        </Button>
      ) : null}
      <Button size="compact-xs" variant="default" onClick={clearSelection}>
        {labels.clear}
      </Button>
    </div>
  );
}

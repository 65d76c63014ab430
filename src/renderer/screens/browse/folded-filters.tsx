import { Button } from "@mantine/core";
import { useElementSize, useMediaQuery } from "@mantine/hooks";
import { IconFilter } from "@tabler/icons-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefCallback } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import styles from "./browse.module.css";

/** Less width than this, in CSS pixels, leaves the chips three lines; so does little height leave the list none. */
const NARROW_PX = 520;
const LOW = "(max-height: 560px)";

/** Whether the chips have no room in the bar that is referred to: beside an open panel, in a small window, at 200 % zoom. */
export function useFolding(): [RefCallback<HTMLDivElement>, boolean] {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const isLow = useMediaQuery(LOW, false, { getInitialValueInEffect: false });
  return [ref, isLow || (width > 0 && width < NARROW_PX)];
}

/** The chips behind one button, which says how many of them are set. They lie over the list while they are open. */
export function FoldedFilters({ set, children }: { set: number; children: ReactNode }): ReactNode {
  const labels = useLabels().browse.filter;
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return undefined;
    const close = (event: PointerEvent): void => {
      if (event.target instanceof Element && event.target.closest("[role=grid]") !== null) setOpen(false);
    };
    document.addEventListener("pointerdown", close);
    return () => document.removeEventListener("pointerdown", close);
  }, [open]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || !open) return;
    // Escape closes these and not the side panel with them.
    event.preventDefault();
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className={styles.folded} onKeyDown={onKeyDown}>
      <Button
        ref={button}
        size="xs"
        variant={set === 0 ? "default" : "light"}
        leftSection={<IconFilter size={14} aria-hidden />}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {set === 0 ? labels.filters : labels.filtersSet(format.count(set))}
      </Button>
      {open && (
        <div id={id} role="group" aria-label={labels.filters} className={styles.foldedChips}>
          {children}
        </div>
      )}
    </div>
  );
}

import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { useLabels } from "../labels/labels.tsx";
import { useRememberedView } from "../preferences.ts";
import classes from "./side-panel.module.css";

const NARROWEST = 280;
const WIDEST = 720;
const STEP = 24;
/** Where there is no room beside the page the panel lies over it, as in the style sheet. */
const LIES_OVER = "(max-width: 900px)";
const REMEMBERED = { width: 360 };

/** The panel beside a page. Its edge is drawn by mouse or moved by arrow keys; Escape closes it. */
export function SidePanel(props: {
  label: string;
  onClose?: (() => void) | undefined;
  children: ReactNode;
}): ReactNode {
  const { label, onClose, children } = props;
  const { parts } = useLabels();
  const [remembered, remember] = useRememberedView("side-panel", REMEMBERED);
  const [drawn, setDrawn] = useState<number>();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // What lies over the page takes the keyboard, or it would go on unseen below.
    const isInside = panel.current?.contains(document.activeElement) === true;
    if (!isInside && globalThis.matchMedia(LIES_OVER).matches) panel.current?.focus();
  }, []);
  const width = clamp(drawn ?? remembered.width);
  useEffect(() => {
    if (onClose === undefined) return undefined;
    const close = (event: globalThis.KeyboardEvent): void => {
      if (event.key === "Escape" && !event.defaultPrevented) onClose();
    };
    globalThis.addEventListener("keydown", close);
    return () => globalThis.removeEventListener("keydown", close);
  }, [onClose]);
  const isRightToLeft = (): boolean => panel.current !== null && getComputedStyle(panel.current).direction === "rtl";
  const draw = (event: PointerEvent): void => {
    const box = panel.current?.getBoundingClientRect();
    if (drawn === undefined || box === undefined) return;
    setDrawn(clamp(isRightToLeft() ? event.clientX - box.left : box.right - event.clientX));
  };
  const leave = (): void => {
    if (drawn !== undefined) remember({ width });
  };
  const step = (event: KeyboardEvent): void => {
    const direction = isRightToLeft() ? -1 : 1;
    const moves: Record<string, number> = {
      ArrowLeft: width + STEP * direction,
      ArrowRight: width - STEP * direction,
      Home: NARROWEST,
      End: WIDEST,
    };
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setDrawn(clamp(next));
  };
  return (
    <>
      {/* A separator that is moved is a control (WAI-ARIA 1.2, window splitter). */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={parts.resizePanel}
        aria-valuenow={width}
        aria-valuemin={NARROWEST}
        aria-valuemax={WIDEST}
        tabIndex={0}
        className={classes.edge}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrawn(width);
        }}
        onPointerMove={(event) => event.buttons === 1 && draw(event)}
        onPointerUp={leave}
        onKeyDown={step}
        onBlur={leave}
      />
      <aside ref={panel} tabIndex={-1} aria-label={label} className={classes.panel} style={{ width }}>
        {onClose !== undefined && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={parts.closePanel}
            className={classes.close}
            onClick={onClose}
          >
            <IconX size={16} />
          </ActionIcon>
        )}
        {children}
      </aside>
    </>
  );
}

function clamp(width: number): number {
  return Math.min(Math.max(width, NARROWEST), WIDEST);
}

import { useEffect, useRef, type PointerEvent, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import type { ShownFrame } from "./use-frame.ts";
import type { ViewerAction } from "./viewer-keys.ts";
import { ZOOM_STEP } from "./viewer-keys.ts";
import styles from "./viewer.module.css";
import { framesOfWheel } from "./wheel-frames.ts";

export interface Placement {
  zoom: number;
  x: number;
  y: number;
}

export const FITTED: Placement = { zoom: 1, x: 0, y: 0 };

/**
 * The picture itself. A drag changes the window, with Shift or another button it moves the picture; the wheel goes through frames, with
 * Ctrl it zooms. Everything a drag does, keys and buttons do too.
 */
export function Stage({
  shown,
  name,
  placement,
  onWindowStart,
  onWindowDrag,
  onAction,
}: {
  shown: ShownFrame;
  name: string;
  placement: Placement;
  /** @returns whether there is a window to change: pictures in colour have none */
  onWindowStart: () => boolean;
  /** How far the pointer is from where the drag began, in CSS pixels. */
  onWindowDrag: (x: number, y: number) => void;
  onAction: (action: ViewerAction) => void;
}): ReactNode {
  const labels = useLabels().viewer;
  const stage = useRef<HTMLDivElement>(null);
  const drag = useRef<{ x: number; y: number; moves: boolean }>(undefined);
  const act = useRef(onAction);
  useEffect(() => {
    act.current = onAction;
  });
  useEffect(() => {
    // React's own wheel handlers are passive: the page would zoom along.
    const element = stage.current;
    let gathered = 0;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      if (event.ctrlKey) {
        act.current({ type: "zoom", by: event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP });
        return;
      }
      const turned = framesOfWheel(gathered, event.deltaY);
      ({ gathered } = turned);
      if (turned.frames !== 0) act.current({ type: "frame", by: turned.frames });
    };
    element?.addEventListener("wheel", turn, { passive: false });
    return () => element?.removeEventListener("wheel", turn);
  }, []);
  function begin(event: PointerEvent): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    const moves = event.shiftKey || event.button !== 0 || !onWindowStart();
    drag.current = { x: event.clientX, y: event.clientY, moves };
  }
  function move(event: PointerEvent): void {
    const start = drag.current;
    if (start === undefined) return;
    const [x, y] = [event.clientX - start.x, event.clientY - start.y];
    if (!start.moves) onWindowDrag(x, y);
    else {
      onAction({ type: "pan", x, y });
      drag.current = { ...start, x: event.clientX, y: event.clientY };
    }
  }
  const { picture, error } = shown;
  return (
    <div
      ref={stage}
      className={styles.stage}
      role="group"
      aria-label={labels.stage}
      aria-busy={!shown.isCurrent}
      tabIndex={0}
      data-autofocus
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={() => (drag.current = undefined)}
      onPointerCancel={() => (drag.current = undefined)}
      onContextMenu={(event) => event.preventDefault()}
      onDoubleClick={() => onAction({ type: "reset" })}
    >
      {picture === undefined ? null : (
        <img
          src={picture.url}
          alt={name}
          draggable={false}
          style={{ transform: `translate(${placement.x}px, ${placement.y}px) scale(${placement.zoom})` }}
        />
      )}
      {error === undefined ? null : (
        <div className={styles.wrong} role="alert">
          <strong>{labels.cannotShow}</strong>
          <span dir="auto">{error.message}</span>
          {error.next === undefined ? null : <span dir="auto">{error.next}</span>}
        </div>
      )}
    </div>
  );
}

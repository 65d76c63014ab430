import { PRESETS, type Preset } from "./windowing.ts";

/** What a key asks of the viewer. `window` moves in steps: x widens, y brightens. */
export type ViewerAction =
  | { type: "frame"; by: number }
  | { type: "first" | "last" | "play" | "reset" | "close" }
  | { type: "zoom"; by: number }
  | { type: "pan"; x: number; y: number }
  | { type: "window"; x: number; y: number }
  | { type: "preset"; preset: Preset };

export interface ViewerKey {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

const ARROWS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const WINDOW_PX = 12;
const PAN_PX = 40;
export const ZOOM_STEP = 1.25;

/** Arrows go through frames, with Shift they change the window, with Ctrl they move the picture. @returns undefined for other keys */
export function readViewerKey(pressed: ViewerKey): ViewerAction | undefined {
  if (pressed.altKey || pressed.metaKey) return undefined;
  const arrow = ARROWS[pressed.key];
  if (arrow !== undefined) {
    if (pressed.ctrlKey) return { type: "pan", x: -arrow.x * PAN_PX, y: -arrow.y * PAN_PX };
    if (pressed.shiftKey) return { type: "window", x: arrow.x * WINDOW_PX, y: arrow.y * WINDOW_PX };
    return { type: "frame", by: arrow.x + arrow.y };
  }
  if (pressed.ctrlKey) return undefined;
  const preset = PRESETS[Number(pressed.key) - 1];
  if (/^[1-5]$/.test(pressed.key) && preset !== undefined) return { type: "preset", preset };
  return KEYS[pressed.key.toLowerCase()];
}

const KEYS: Record<string, ViewerAction> = {
  pageup: { type: "frame", by: -10 },
  pagedown: { type: "frame", by: 10 },
  home: { type: "first" },
  end: { type: "last" },
  " ": { type: "play" },
  r: { type: "reset" },
  "0": { type: "reset" },
  "+": { type: "zoom", by: ZOOM_STEP },
  "=": { type: "zoom", by: ZOOM_STEP },
  "-": { type: "zoom", by: 1 / ZOOM_STEP },
  escape: { type: "close" },
};

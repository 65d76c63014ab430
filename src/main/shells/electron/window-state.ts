import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "../../../contract/schema.ts";

const rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() });
const windowState = z.object({ bounds: rectangle, maximized: z.boolean() });
export type WindowState = z.infer<typeof windowState>;
export type Rectangle = z.infer<typeof rectangle>;

export const SMALLEST = { width: 800, height: 560 };
const FIRST = { width: 1280, height: 860 };
/** So much of the window must lie on a display, or nobody can take hold of it. */
const HOLD = 120;

/** @returns undefined where none was written or what was written is of no use: the window then comes up in the middle */
export function readWindowState(file: string): WindowState | undefined {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

/** Where it cannot be written the window comes up in the middle the next time: no reason to trouble anybody. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.partial`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${file}.partial`, file);
  } catch {
    return;
  }
}

/**
 * Bounds on the displays that are there now: a window that was left on a projector comes back to the desk.
 *
 * @param displays their work areas, the primary one first
 */
export function placeWindow(state: WindowState | undefined, displays: readonly Rectangle[]): Partial<Rectangle> {
  const primary = displays[0];
  if (primary === undefined) return FIRST;
  if (state === undefined) return limitSize(FIRST, primary);
  const { bounds } = state;
  const home = displays.find((area) => overlap(bounds, area) >= HOLD * HOLD);
  if (home === undefined) return limitSize(bounds, primary);
  const size = limitSize(bounds, home);
  return {
    ...size,
    x: clamp(bounds.x, home.x, home.x + home.width - size.width),
    y: clamp(bounds.y, home.y, home.y + home.height - size.height),
  };
}

function limitSize(wanted: { width: number; height: number }, area: Rectangle): { width: number; height: number } {
  return {
    width: Math.min(Math.max(wanted.width, SMALLEST.width), area.width),
    height: Math.min(Math.max(wanted.height, SMALLEST.height), area.height),
  };
}

function overlap(one: Rectangle, other: Rectangle): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, width) * Math.max(0, height);
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

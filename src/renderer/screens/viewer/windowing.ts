import type { AppliedWindow } from "../../parts/picture-store.ts";

export const PRESETS = ["original", "brain", "lung", "bone", "abdomen"] as const;
export type Preset = (typeof PRESETS)[number];

/** Customary windows for CT, in Hounsfield units. */
const CT_WINDOWS: Record<Exclude<Preset, "original">, AppliedWindow> = {
  brain: { center: 40, width: 80 },
  lung: { center: -600, width: 1500 },
  bone: { center: 400, width: 1800 },
  abdomen: { center: 50, width: 400 },
};

/** @returns undefined for the instance's own window */
export function windowOfPreset(preset: Preset): AppliedWindow | undefined {
  return preset === "original" ? undefined : CT_WINDOWS[preset];
}

/** Only CT has units that make the same window mean the same everywhere (PS3.3 C.11.1.1.2). */
export function presetsFor(modality: string): readonly Preset[] {
  return modality === "CT" ? PRESETS : ["original"];
}

export function presetOf(window: AppliedWindow | undefined): Preset | undefined {
  return PRESETS.find((preset) => {
    const own = windowOfPreset(preset);
    return own?.center === window?.center && own?.width === window?.width;
  });
}

/** Pixels of a drag that double a window's width, near enough. */
const DRAG_PX = 256;

/**
 * A window after a drag: to the right is wider (less contrast), down is a lower centre (brighter). The step grows with the width it began
 * with, so that a drag feels the same in CT and in a map of small numbers.
 */
export function dragWindow(start: AppliedWindow, x: number, y: number): AppliedWindow {
  const step = start.width / DRAG_PX;
  // The linear function needs a width of 1 (PS3.3 C.11.2.1.2.1); what began below it is not linear and may go on down.
  const smallest = start.width >= 1 ? 1 : start.width / DRAG_PX;
  return roundWindow({ center: start.center - y * step, width: Math.max(smallest, start.width + x * step) });
}

/** Whole units where they are fine enough: a window is asked for again and again while it is dragged, and whole ones meet the cache. */
export function roundWindow({ center, width }: AppliedWindow): AppliedWindow {
  const digits = width >= 20 ? 0 : Math.min(15, Math.ceil(3 - Math.log10(width)));
  return { center: Number(center.toFixed(digits)), width: Number(width.toFixed(digits)) };
}

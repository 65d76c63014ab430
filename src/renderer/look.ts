import { settings as settingsSchema, type Settings } from "../contract/calls/settings.ts";

/** Language, theme and density: what the page must know before the workspace, where they are kept, is open. */
const look = settingsSchema.pick({ language: true, theme: true, density: true });
export type Look = Pick<Settings, "language" | "theme" | "density">;

const KEPT = "satchel-look";

/** @returns how the page looked last time; the defaults where that is not known */
export function recallLook(): Look {
  try {
    const kept: unknown = JSON.parse(globalThis.localStorage.getItem(KEPT) ?? "{}");
    return look.parse(kept);
  } catch {
    // Whatever stands there is not worth an error: it is a colour and a language.
    return look.parse({});
  }
}

export function keepLook({ language, theme, density }: Look): void {
  try {
    globalThis.localStorage.setItem(KEPT, JSON.stringify({ language, theme, density }));
  } catch {
    // Storage may be switched off; the workspace keeps it as well.
  }
}

import { readSettings, writeSettings } from "../catalog/settings.ts";
import type { CallContext, HandlersOf } from "./context.ts";

export function settingsHandlers(context: CallContext): HandlersOf<"settings"> {
  return {
    "settings.get": () => readSettings(context.workspace.catalog),
    "settings.set": (change) => {
      const now = writeSettings(context.workspace.catalog, change);
      context.changes.tell("settings");
      return now;
    },
  };
}

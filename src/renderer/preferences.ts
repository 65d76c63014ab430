import { useCallback, useMemo } from "react";
import { settings as settingsSchema, type Settings } from "../contract/calls/settings.ts";
import { useAnswer, useCall } from "./client/query.ts";

const DEFAULTS: Settings = settingsSchema.parse({});

/** The settings of the workspace; the defaults until they are known. */
export function usePreferences(): Settings {
  return useAnswer("settings.get", {}).data ?? DEFAULTS;
}

/**
 * What a screen remembers between starts: widths, order, what is hidden. Never patient data.
 *
 * @param name of the part, for example "browse-studies". @param fallback until something is remembered
 * @returns what is remembered and a way to remember something else, for the end of a drag rather than for each step of it
 */
export function useRememberedView<T>(name: string, fallback: T): [T, (view: T) => void] {
  const { views } = usePreferences();
  const { mutate } = useCall("settings.set");
  const stored = views[name] as T | undefined;
  const remember = useCallback((view: T) => mutate({ views: { [name]: view as never } }), [mutate, name]);
  return useMemo(() => [stored ?? fallback, remember], [stored, fallback, remember]);
}

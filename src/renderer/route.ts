import { useSyncExternalStore } from "react";

/** Of the sources: a folder was dropped on the window. What stands behind it is where it lies, where the shell tells. */
export const DROPPED = "dropped-folder ";

export const SCREENS = ["browse", "exports", "packages", "sources", "audit", "settings", "help"] as const;
export type Screen = (typeof SCREENS)[number];

/** Where the window is: a screen, and what of it. It lives in the fragment, so that back, forward and reload do what people expect. */
interface Route {
  screen: Screen;
  /** For example the id of a job, or "new" for a new export. */
  detail: string;
}

/** @param hash "#/exports/new"; what names no screen is Browse */
export function parseRoute(hash: string): Route {
  const [screen, ...detail] = hash.replace(/^#\/?/, "").split("/");
  const known = SCREENS.find((one) => one === screen);
  return { screen: known ?? "browse", detail: known === undefined ? "" : decode(detail.join("/")) };
}

/** A fragment that somebody typed may not be an encoding of anything. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function showRoute({ screen, detail }: Route): string {
  return `#/${screen}${detail === "" ? "" : `/${encodeURIComponent(detail)}`}`;
}

let read: { hash: string; route: Route } | undefined;

/** The same object for the same fragment, as React asks of what it watches. */
function currentRoute(): Route {
  const { hash } = globalThis.location;
  if (read?.hash !== hash) read = { hash, route: parseRoute(hash) };
  return read.route;
}

export function useRoute(): Route {
  return useSyncExternalStore((watcher) => {
    globalThis.addEventListener("hashchange", watcher);
    return () => globalThis.removeEventListener("hashchange", watcher);
  }, currentRoute);
}

export function goTo(screen: Screen, detail = ""): void {
  globalThis.location.hash = showRoute({ screen, detail });
}

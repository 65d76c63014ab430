import { useSyncExternalStore } from "react";

export const SCREENS = ["browse", "exports", "packages", "sources", "audit", "settings", "help"] as const;
export type Screen = (typeof SCREENS)[number];

/** Where the window is: a screen, and what of it. It lives in the fragment, so that back, forward and reload do what people expect. */
export interface Route {
  screen: Screen;
  /** For example the id of a job, or "new" for a new export. */
  detail: string;
}

function readRoute(): Route {
  const [screen, ...detail] = globalThis.location.hash.replace(/^#\/?/, "").split("/");
  const known = SCREENS.find((one) => one === screen);
  return { screen: known ?? "browse", detail: known === undefined ? "" : detail.map(decodeURIComponent).join("/") };
}

let current = readRoute();
const watchers = new Set<() => void>();
globalThis.addEventListener("hashchange", () => {
  current = readRoute();
  for (const watcher of watchers) watcher();
});

export function useRoute(): Route {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => current,
  );
}

export function goTo(screen: Screen, detail = ""): void {
  globalThis.location.hash = `#/${screen}${detail === "" ? "" : `/${encodeURIComponent(detail)}`}`;
}

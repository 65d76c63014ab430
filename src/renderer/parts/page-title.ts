import { useEffect, useSyncExternalStore } from "react";

let title = "";
const watchers = new Set<() => void>();

/** Tells the frame which screen is shown, for the title of the window. */
export function usePageTitle(own: string): void {
  useEffect(() => {
    title = own;
    for (const watcher of watchers) watcher();
  }, [own]);
}

/** The title of the screen that is shown. */
export function useShownTitle(): string {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => title,
  );
}

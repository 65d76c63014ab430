import { useSyncExternalStore, type ReactNode } from "react";
import classes from "./announce.module.css";

let spoken = "";
const watchers = new Set<() => void>();

/** Says something once to those who cannot see the screen. The window has one live region, so that voices do not talk over each other. */
export function announce(text: string): void {
  if (text === spoken) return;
  spoken = text;
  for (const watcher of watchers) watcher();
}

/** The one polite live region of the window; the frame shows it. */
export function LiveRegion(): ReactNode {
  const text = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => spoken,
  );
  return (
    <div role="status" aria-live="polite" aria-atomic="true" className={classes.unseen}>
      {text}
    </div>
  );
}

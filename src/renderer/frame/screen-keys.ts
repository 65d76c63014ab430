import { useEffect } from "react";
import { goTo, SCREENS } from "../route.ts";

/** Alt with a digit goes to a screen, F1 to Help. No letters alone: they would get in the way of those who speak to their computer (WCAG 2.1.4). */
export function useScreenKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const digit =
        event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey ? Number(event.code.slice(5)) : 0;
      const screen =
        event.key === "F1" ? ("help" as const) : event.code.startsWith("Digit") ? SCREENS[digit - 1] : undefined;
      if (screen === undefined) return;
      event.preventDefault();
      goTo(screen);
      document.getElementById("content")?.focus();
    };
    globalThis.addEventListener("keydown", press);
    return () => globalThis.removeEventListener("keydown", press);
  }, []);
}

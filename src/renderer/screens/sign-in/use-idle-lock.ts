import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useClient } from "../../client/client.tsx";

/** How often it is looked whether somebody is there. */
const LOOK_MS = 5_000;
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

/**
 * Signs out where no hand was at the window for so long. The engine ends sessions without calls by itself; this page asks anew whenever a
 * job moves, so it has to look at its user.
 *
 * @param minutes null: never
 */
export function useIdleLock(minutes: number | null): void {
  const client = useClient();
  const answers = useQueryClient();
  useEffect(() => {
    if (minutes === null) return undefined;
    let last = Date.now();
    const alive = (): void => void (last = Date.now());
    const lock = async (): Promise<void> => {
      await client["users.signOut"]({});
      await answers.resetQueries();
    };
    const timer = setInterval(() => {
      // Without a connection there is no session either.
      if (Date.now() - last > minutes * 60_000) lock().catch(() => undefined);
    }, LOOK_MS);
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, alive, { passive: true });
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, alive);
    };
  }, [minutes, client, answers]);
}

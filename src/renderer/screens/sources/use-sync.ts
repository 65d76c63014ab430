import { useCallback, useState } from "react";
import { SatchelError } from "../../../contract/errors.ts";
import { useClient } from "../../client/client.tsx";

/**
 * Starts syncs that go on without this page. How far they are, and how they end, is in `sources.list`; only what keeps one from starting is
 * told here.
 */
export function useSync(): {
  start: (name: string) => void;
  errors: ReadonlyMap<string, Error>;
  dismiss: (name: string) => void;
} {
  const client = useClient();
  const [errors, setErrors] = useState<ReadonlyMap<string, Error>>(new Map());
  const put = useCallback((name: string, error: Error | undefined) => {
    setErrors((before) => {
      const after = new Map(before);
      if (error === undefined) after.delete(name);
      else after.set(name, error);
      return after;
    });
  }, []);
  const start = useCallback(
    (name: string) => {
      put(name, undefined);
      const watch = async (): Promise<void> => {
        for await (const event of client["sources.sync"]({ name, detached: true })) if (event.type === "result") return;
      };
      watch().catch((thrown: unknown) => {
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        const isTold = error instanceof SatchelError && ["CANCELLED", "CONNECTION_LOST"].includes(error.code);
        if (!isTold) put(name, error);
      });
    },
    [client, put],
  );
  const dismiss = useCallback((name: string) => put(name, undefined), [put]);
  return { start, errors, dismiss };
}

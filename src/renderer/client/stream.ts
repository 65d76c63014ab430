import { useCallback, useEffect, useRef, useState } from "react";
import { SatchelError } from "../../contract/errors.ts";

export interface Streaming<Event> {
  /** The newest event; undefined before the first. */
  latest: Event | undefined;
  running: boolean;
  error: SatchelError | undefined;
}

/**
 * Runs a stream for as long as the part is shown, or until it is cancelled.
 *
 * @returns what it tells, a way to start it (one that runs is cancelled first) and a way to cancel it.
 */
export function useStream<Event>(): Streaming<Event> & {
  start: (open: (signal: AbortSignal) => AsyncIterable<Event>, onEvent?: (event: Event) => void) => void;
  cancel: () => void;
} {
  const [state, setState] = useState<Streaming<Event>>({ latest: undefined, running: false, error: undefined });
  const abort = useRef<AbortController>(undefined);
  const cancel = useCallback(() => abort.current?.abort(new SatchelError("CANCELLED", "Cancelled.")), []);
  const start = useCallback((open: (signal: AbortSignal) => AsyncIterable<Event>, onEvent?: (event: Event) => void) => {
    abort.current?.abort(new SatchelError("CANCELLED", "Cancelled."));
    const own = new AbortController();
    abort.current = own;
    const isCurrent = () => abort.current === own;
    setState({ latest: undefined, running: true, error: undefined });
    void (async () => {
      try {
        for await (const event of open(own.signal)) {
          if (!isCurrent()) return;
          setState((before) => ({ ...before, latest: event }));
          onEvent?.(event);
        }
        if (isCurrent()) setState((before) => ({ ...before, running: false }));
      } catch (thrown) {
        const error = thrown instanceof SatchelError ? thrown : new SatchelError("INTERNAL", String(thrown));
        if (isCurrent())
          setState((before) => ({ ...before, running: false, error: error.code === "CANCELLED" ? undefined : error }));
      }
    })();
  }, []);
  useEffect(() => () => abort.current?.abort(new SatchelError("CANCELLED", "Cancelled.")), []);
  return { ...state, start, cancel };
}

import type { Wire } from "./rpc.ts";

/** Two ends in one process. Frames are delivered in order, each in a task of its own, as on a real wire. */
export function createMemoryWire(): [Wire, Wire] {
  const ends = [0, 1].map(() => ({ text: (() => {}) as (text: string) => void, close: () => {} }));
  let open = true;
  const end = (self: number): Wire => ({
    send(text) {
      if (open) queueMicrotask(() => open && ends[1 - self]?.text(text));
    },
    onText: (handler) => void (ends[self]!.text = handler),
    onClose: (handler) => void (ends[self]!.close = handler),
    close() {
      if (!open) return;
      open = false;
      for (const one of ends) one.close();
    },
  });
  return [end(0), end(1)];
}

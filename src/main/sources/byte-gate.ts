/** Keeps the bytes under way below a limit; one item larger than the limit passes alone. First come, first served. */
export interface ByteGate {
  /** Resolves when `bytes` may start; what it resolves with must be called once at the end. Rejects with the signal's reason. */
  enter(bytes: number, signal: AbortSignal): Promise<() => void>;
}

export function createByteGate(limit: number): ByteGate {
  let underWay = 0;
  const waiting: { bytes: number; start(): void }[] = [];
  const admit = (): void => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (underWay > 0 && underWay + next.bytes > limit) return;
      waiting.shift();
      underWay += next.bytes;
      next.start();
    }
  };
  return {
    enter: (bytes, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const leave = (): void => {
          underWay -= bytes;
          admit();
        };
        const entry = {
          bytes,
          start: () => {
            signal.removeEventListener("abort", abort);
            resolve(leave);
          },
        };
        const abort = (): void => {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(signal.reason as Error);
          admit();
        };
        signal.addEventListener("abort", abort, { once: true });
        waiting.push(entry);
        admit();
      }),
  };
}

import { loadInstance, type LoadedInstance } from "../exports/imaging/load-instance.ts";
import { openImage, type ImageReader } from "../render/image.ts";
import type { InstancePlace } from "../review/side-messages.ts";
import type { SourceReaders } from "../review/source-readers.ts";

/** Bytes of instances that are kept open, so that the next frame, or the same one through another window, comes at once. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Files may be open without holding bytes. */
const MOST_OPEN = 32;
/** A file that nobody looks at is let go: an open one keeps a stick from being ejected. */
const IDLE_MS = 20_000;
/** An instance takes a buffer of at least this size; see load-instance.ts. */
const LEAST_BYTES = 1024 * 1024;

interface OpenInstance {
  loaded: LoadedInstance;
  image: ImageReader;
  bytes: number;
  /** When it was last looked at, of performance.now(). */
  used: number;
}

/** Instances of which frames were asked for, the latest last. */
export interface OpenInstances {
  /**
   * @param look must not keep the image: it may be closed as soon as it returns.
   * @throws what loadInstance and openImage throw
   */
  use<T>(place: InstancePlace, signal: AbortSignal, look: (image: ImageReader) => T): Promise<T>;
  close(): void;
}

export function createOpenInstances(readers: SourceReaders, idleMs = IDLE_MS): OpenInstances {
  const open = new Map<string, OpenInstance>();
  const opening = new Map<string, Promise<void>>();

  let looking: NodeJS.Timeout | undefined;

  /** Lets go of what is too much or too old, the least used first. */
  const evict = (): void => {
    let bytes = 0;
    for (const one of open.values()) bytes += one.bytes;
    for (const [key, one] of open) {
      if (bytes <= MOST_BYTES && open.size <= MOST_OPEN && performance.now() - one.used < idleMs) break;
      open.delete(key);
      one.loaded.close();
      bytes -= one.bytes;
    }
    clearTimeout(looking);
    if (open.size > 0) looking = setTimeout(evict, idleMs).unref();
  };

  const load = async (key: string, place: InstancePlace, signal: AbortSignal): Promise<void> => {
    const { source, locator, scratch } = place;
    const loaded = await loadInstance(readers.of(source, scratch), source.id, locator, 0, signal);
    try {
      const image = openImage(loaded.part10, (start, length) => loaded.read(start, length));
      open.set(key, {
        loaded,
        image,
        bytes: Math.max(LEAST_BYTES, loaded.part10.bytes.length),
        used: performance.now(),
      });
    } catch (thrown) {
      loaded.close();
      throw thrown;
    }
  };

  return {
    async use(place, signal, look) {
      const { source, locator } = place;
      const key = JSON.stringify([source.id, locator.ref, locator.stamp, locator.size]);
      for (;;) {
        const one = open.get(key);
        if (one !== undefined) {
          open.delete(key);
          open.set(key, one);
          one.used = performance.now();
          try {
            return look(one.image);
          } finally {
            evict();
          }
        }
        // A second request for the same instance waits for the first, but does not fail with it: that one may have been cancelled.
        const other = opening.get(key);
        if (other !== undefined) await other.catch(() => undefined);
        else {
          const loading = load(key, place, signal).finally(() => opening.delete(key));
          opening.set(key, loading);
          await loading;
        }
      }
    },
    close() {
      clearTimeout(looking);
      for (const { loaded } of open.values()) loaded.close();
      open.clear();
    },
  };
}

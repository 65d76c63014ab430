import { readSync } from "node:fs";
import { SatchelError } from "../../contract/errors.ts";
import type { Gap } from "./part10.ts";
import type { Walk } from "./element-header.ts";
import { tooLarge } from "./walk-error.ts";

/** Where a file stands in memory: from its beginning up to `next`, the gaps left out. */
export interface FileWindow {
  readonly fd: number;
  /** Where in `fd` the DICOM file begins: it may be stored in an archive. */
  readonly origin: number;
  readonly size: number;
  /** Offset in the file of the first byte not loaded yet. */
  next: number;
  readonly maxBytes: number;
  readonly gaps: Gap[];
}

/**
 * Loads the next `bytes` of the file behind what is loaded, or what there is of them, and moves everything to a larger buffer where it
 * no longer fits.
 *
 * @throws TOO_LARGE beyond the window's maximum, READ_FAILED where the file is shorter than its size said.
 */
export function loadMore(window: FileWindow, walk: Walk, bytes: number): void {
  const wanted = Math.min(bytes, window.size - window.next);
  const needed = walk.available + wanted;
  if (needed > window.maxBytes) throw tooLarge("more than 64 MiB beside pixel data and other large values");
  if (needed > walk.bytes.length) {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, walk.bytes.length * 2));
    larger.set(walk.bytes.subarray(0, walk.available));
    walk.bytes = larger;
  }
  readFully(window.fd, walk.bytes, walk.available, wanted, window.origin + window.next);
  walk.available += wanted;
  window.next += wanted;
  walk.whole = window.next >= window.size;
}

/** Leaves `length` bytes of the file out at offset `at` of what is loaded, and goes on behind them. */
export function leaveOut(window: FileWindow, walk: Walk, at: number, length: number): Gap {
  const gap = { at, start: at + walk.skipped, length };
  window.gaps.push(gap);
  const behind = gap.start + length;
  const loadedBehind = window.next - behind;
  if (loadedBehind > 0) {
    walk.bytes.copyWithin(at, at + length, walk.available);
    walk.available = at + loadedBehind;
  } else {
    walk.available = at;
    window.next = behind;
  }
  walk.skipped += length;
  walk.whole = window.next >= window.size;
  return gap;
}

/** Reads exactly `length` bytes. */
export function readFully(fd: number, into: Uint8Array, at: number, length: number, position: number): void {
  let done = 0;
  while (done < length) {
    const count = readSync(fd, into, at + done, length - done, position + done);
    if (count === 0) {
      throw new SatchelError("READ_FAILED", "A file became shorter while it was read.", "Sync the source again.");
    }
    done += count;
  }
}

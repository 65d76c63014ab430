/** Long text written piece by piece at a position of an open file, with size and checksums at the end: constant memory. */
import { createHash } from "node:crypto";
import type { EntryRecord } from "./entry.ts";
import { crc32Of } from "./prepare-entry.ts";
import { writeFully } from "./write-bytes.ts";

const BATCH = 256 * 1024;

export class TextSink {
  readonly #fd: number;
  readonly #sha = createHash("sha256");
  #crc = 0;
  #position: number;
  #size = 0;
  #waiting: string[] = [];
  #waitingLength = 0;

  constructor(fd: number, position: number) {
    this.#fd = fd;
    this.#position = position;
  }

  write(text: string): void {
    this.#waiting.push(text);
    this.#waitingLength += text.length;
    if (this.#waitingLength >= BATCH) this.#flush();
  }

  #flush(): void {
    const bytes = Buffer.from(this.#waiting.join(""));
    this.#waiting = [];
    this.#waitingLength = 0;
    this.#sha.update(bytes);
    this.#crc = crc32Of([bytes], this.#crc);
    this.#position = writeFully(this.#fd, [bytes], this.#position);
    this.#size += bytes.length;
  }

  end(): Pick<EntryRecord, "size" | "crc32" | "sha256"> {
    this.#flush();
    return { size: this.#size, crc32: this.#crc, sha256: this.#sha.digest("hex") };
  }
}

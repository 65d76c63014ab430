/**
 * The entries of a package under verification, in columns: a million of them in some 60 MB plus their names, where objects would
 * take four times that.
 */
import type { ReceiptFile } from "../../contract/receipt.ts";
import { foldName } from "./safe-name.ts";

const ROLES = ["", "dicom", "preview", "metadata", "missing"] as const;

/** Offset, size, compressed size, CRC-32 of the deflated bytes (-1 where there is none). */
const FIELDS = 4;

/** What is known of one entry; serialisable, so that it can be handed to a worker. */
export interface ListedEntry {
  index: number;
  /** Path inside the package. */
  name: string;
  /** ZIP: offset of the local header. Folder: 0. */
  offset: number;
  method: 0 | 8;
  /** undefined in a folder. */
  crc32: number | undefined;
  size: number;
  compressedSize: number;
  /** Of the deflated bytes; undefined where stored. */
  deflatedCrc32: number | undefined;
  /** Hex, from the manifest; "" where the manifest does not list the entry. */
  sha256: string;
  /** From the receipt; "" where the receipt does not list the entry. */
  role: ReceiptFile["role"] | "";
}

export class EntryTable {
  readonly names: string[] = [];
  readonly #byFoldedName = new Map<string, number>();
  readonly #hasCrc: boolean;
  #numbers = new Float64Array(FIELDS * 1024);
  #crcs = new Uint32Array(1024);
  #methods = new Uint8Array(1024);
  #roles = new Uint8Array(1024);
  #listed = new Uint8Array(1024);
  #digests = Buffer.alloc(32 * 1024);

  constructor(hasCrc: boolean) {
    this.#hasCrc = hasCrc;
  }

  get length(): number {
    return this.names.length;
  }

  #grow(): void {
    const length = 2 * this.#crcs.length;
    const numbers = new Float64Array(FIELDS * length);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    const crcs = new Uint32Array(length);
    crcs.set(this.#crcs);
    this.#crcs = crcs;
    const bytes = (old: Uint8Array): Uint8Array<ArrayBuffer> => {
      const grown = new Uint8Array(length);
      grown.set(old);
      return grown;
    };
    this.#methods = bytes(this.#methods);
    this.#roles = bytes(this.#roles);
    this.#listed = bytes(this.#listed);
    const digests = Buffer.alloc(32 * length);
    this.#digests.copy(digests);
    this.#digests = digests;
  }

  /** @returns the name of an earlier entry that some file system takes for the same, or undefined. */
  add(
    entry: Pick<ListedEntry, "name" | "offset" | "method" | "crc32" | "size" | "compressedSize"> & {
      deflatedCrc32?: number | undefined;
    },
  ): string | undefined {
    const index = this.names.length;
    if (index === this.#crcs.length) this.#grow();
    this.names.push(entry.name);
    this.#numbers.set([entry.offset, entry.size, entry.compressedSize, entry.deflatedCrc32 ?? -1], FIELDS * index);
    this.#crcs[index] = entry.crc32 ?? 0;
    this.#methods[index] = entry.method;
    const folded = foldName(entry.name);
    const twin = this.#byFoldedName.get(folded);
    if (twin !== undefined) return this.names[twin];
    this.#byFoldedName.set(folded, index);
    return undefined;
  }

  /** Index of the entry of exactly this name. */
  find(name: string): number | undefined {
    const index = this.#byFoldedName.get(foldName(name));
    return index !== undefined && this.names[index] === name ? index : undefined;
  }

  at(index: number): ListedEntry {
    const [offset, size, compressedSize, deflatedCrc32] = this.#numbers.subarray(
      FIELDS * index,
      FIELDS * index + FIELDS,
    );
    const listed = this.#listed[index] === 1;
    return {
      index,
      name: this.names[index]!,
      offset: offset!,
      method: this.#methods[index] === 8 ? 8 : 0,
      crc32: this.#hasCrc ? this.#crcs[index]! : undefined,
      size: size!,
      compressedSize: compressedSize!,
      deflatedCrc32: deflatedCrc32 === -1 ? undefined : deflatedCrc32,
      sha256: listed ? this.#digests.toString("hex", 32 * index, 32 * index + 32) : "",
      role: ROLES[this.#roles[index]!]!,
    };
  }

  offsetAt(index: number): number {
    return this.#numbers[FIELDS * index]!;
  }

  isListed(index: number): boolean {
    return this.#listed[index] === 1;
  }

  setSha256(index: number, hex: string): void {
    this.#digests.write(hex, 32 * index, 32, "hex");
    this.#listed[index] = 1;
  }

  setRole(index: number, role: ReceiptFile["role"]): void {
    this.#roles[index] = ROLES.indexOf(role);
  }

  roleAt(index: number): ListedEntry["role"] {
    return ROLES[this.#roles[index]!]!;
  }
}

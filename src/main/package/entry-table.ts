/**
 * The entries of a package under verification, in columns: a million of them in some 150 MB, where objects and strings would take
 * four times that.
 */
import type { ReceiptFile } from "../../contract/receipt.ts";
import { NameIndex } from "./name-index.ts";

const ROLES = [
  "",
  "dicom",
  "preview",
  "metadata",
  "missing",
  "table",
  "description",
  "codebook",
  "fhir",
  "bulk-manifest",
  "document",
] as const;
/** Rows of a page; columns grow by whole pages, so that nothing is ever copied to a larger place. */
const PAGE = 16_384;
/** A bit of the method's byte. */
const RESERVED = 0x80;
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
  /** ZIP: see EntryRecord. */
  reserved?: true;
  /** From the receipt; "" where the receipt does not list the entry. */
  role: ReceiptFile["role"] | "";
}

type NewEntry = Pick<ListedEntry, "name" | "offset" | "method" | "crc32" | "size" | "compressedSize"> & {
  deflatedCrc32?: number | undefined;
  reserved?: true;
};

interface Page {
  numbers: Float64Array;
  crcs: Uint32Array;
  methods: Uint8Array;
  roles: Uint8Array;
  listed: Uint8Array;
  digests: Buffer;
}

function makePage(): Page {
  return {
    numbers: new Float64Array(FIELDS * PAGE),
    crcs: new Uint32Array(PAGE),
    methods: new Uint8Array(PAGE),
    roles: new Uint8Array(PAGE),
    listed: new Uint8Array(PAGE),
    digests: Buffer.alloc(32 * PAGE),
  };
}

export class EntryTable {
  readonly #names = new NameIndex();
  readonly #hasCrc: boolean;
  readonly #pages: Page[] = [];

  constructor(hasCrc: boolean) {
    this.#hasCrc = hasCrc;
  }

  get length(): number {
    return this.#names.length;
  }

  #page(index: number): Page {
    return this.#pages[Math.floor(index / PAGE)]!;
  }

  /** @returns the name of an earlier entry that some file system takes for the same, or undefined. */
  add(entry: NewEntry): string | undefined {
    const row = this.length % PAGE;
    if (row === 0) this.#pages.push(makePage());
    const page = this.#page(this.length);
    page.numbers.set([entry.offset, entry.size, entry.compressedSize, entry.deflatedCrc32 ?? -1], FIELDS * row);
    page.crcs[row] = entry.crc32 ?? 0;
    page.methods[row] = entry.method | (entry.reserved === true ? RESERVED : 0);
    const twin = this.#names.add(entry.name);
    return twin === undefined ? undefined : this.#names.at(twin);
  }

  /** Index of the entry of exactly this name; of the first where there are several. */
  find(name: string): number | undefined {
    return this.#names.find(name);
  }

  nameAt(index: number): string {
    return this.#names.at(index);
  }

  at(index: number): ListedEntry {
    const page = this.#page(index);
    const row = index % PAGE;
    const [offset, size, compressedSize, deflatedCrc32] = page.numbers.subarray(FIELDS * row, FIELDS * row + FIELDS);
    return {
      index,
      name: this.nameAt(index),
      offset: offset!,
      method: (page.methods[row]! & ~RESERVED) === 8 ? 8 : 0,
      crc32: this.#hasCrc ? page.crcs[row]! : undefined,
      size: size!,
      compressedSize: compressedSize!,
      deflatedCrc32: deflatedCrc32 === -1 ? undefined : deflatedCrc32,
      sha256: page.listed[row] === 1 ? page.digests.toString("hex", 32 * row, 32 * row + 32) : "",
      role: ROLES[page.roles[row]!]!,
      ...((page.methods[row]! & RESERVED) === 0 ? {} : { reserved: true as const }),
    };
  }

  offsetAt(index: number): number {
    return this.#page(index).numbers[FIELDS * (index % PAGE)]!;
  }

  sizeAt(index: number): number {
    return this.#page(index).numbers[FIELDS * (index % PAGE) + 1]!;
  }

  /** Whether the manifest lists the entry. */
  isListed(index: number): boolean {
    return this.#page(index).listed[index % PAGE] === 1;
  }

  setSha256(index: number, hex: string): void {
    const page = this.#page(index);
    page.digests.write(hex, 32 * (index % PAGE), 32, "hex");
    page.listed[index % PAGE] = 1;
  }

  setRole(index: number, role: ReceiptFile["role"]): void {
    this.#page(index).roles[index % PAGE] = ROLES.indexOf(role);
  }

  roleAt(index: number): ListedEntry["role"] {
    return ROLES[this.#page(index).roles[index % PAGE]!]!;
  }
}

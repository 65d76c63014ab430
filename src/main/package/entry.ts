import type { ReceiptFile } from "../../contract/receipt.ts";

/** One finished entry of a package, as the journal holds it. */
export interface EntryRecord {
  /** Path inside the package, "/" between parts. */
  name: string;
  role: ReceiptFile["role"] | "manifest" | "receipt";
  /** ZIP: offset of the local file header. Folder: 0. */
  offset: number;
  /** 0 stored, 8 deflated. Folder: 0. */
  method: 0 | 8;
  /** Of the content, uncompressed (APPNOTE 4.4.7). */
  crc32: number;
  /** Bytes of the content, uncompressed. */
  size: number;
  compressedSize: number;
  /**
   * CRC-32 of the deflated bytes, where `method` is 8. Some bits of deflated data say nothing (padding, lengths of unused codes):
   * only this notices when they change.
   */
  deflatedCrc32?: number;
  /** Hex SHA-256 of the content, uncompressed. */
  sha256: string;
  /** ZIP: its local header has the ZIP64 field whatever the sizes: it got its place before they were known. */
  reserved?: true;
}

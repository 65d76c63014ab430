import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createDownload } from "../../../src/main/sources/orthanc/download.ts";
import type { InstanceBytes } from "../../../src/main/sources/source.ts";

const scratch = mkdtempSync(join(tmpdir(), "satchel-download-"));
afterAll(() => rmSync(scratch, { recursive: true }));

type InMemory = InstanceBytes & { kind: "memory" };

/** A body of `length` bytes, all of them `value`, as it comes from a server. */
function fetched(length: number, value: number): InMemory {
  const download = createDownload(scratch);
  download.begin(length);
  download.chunk(Buffer.alloc(length, value));
  const { bytes, size } = download.finish();
  expect(size).toBe(length);
  if (bytes.kind !== "memory") throw new Error("expected the body in memory");
  return bytes;
}

test("a buffer that was closed is used again, also for a shorter body", () => {
  const first = fetched(300_000, 1);
  first.close();
  const second = fetched(200_000, 2);
  expect(second.bytes.buffer).toBe(first.bytes.buffer);
  expect(second.bytes.length).toBe(200_000);
  expect(second.bytes.every((byte) => byte === 2)).toBe(true);
  second.close();
});

test("instances at hand at the same time never share a buffer, even where one was closed twice", () => {
  const first = fetched(150_000, 1);
  first.close();
  first.close();
  const open = [2, 3, 4].map((value) => fetched(150_000, value));
  expect(new Set(open.map(({ bytes }) => bytes.buffer)).size).toBe(3);
  for (const [index, { bytes }] of open.entries()) expect(bytes.every((byte) => byte === index + 2)).toBe(true);
  for (const bytes of open) bytes.close();
});

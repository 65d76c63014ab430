import { createHash, randomBytes } from "node:crypto";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { digestContent, type ContentDigest } from "../../src/main/package/digest-content.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const CONTENT = randomBytes(24 * 1024 * 1024);
const DEFLATED = deflateRawSync(CONTENT, { level: 1 });

const warnings: Error[] = [];
const noteWarning = (warning: Error): void => void warnings.push(warning);
beforeEach(() => void process.on("warning", noteWarning));
afterEach(() => void process.off("warning", noteWarning));

async function digest(bytes: Buffer): Promise<ContentDigest> {
  const path = join(makeTemporaryDirectory("digest"), "content");
  writeFileSync(path, bytes);
  const fd = openSync(path, "r");
  try {
    return await digestContent(fd, { start: 0, length: DEFLATED.length, inflate: true, most: CONTENT.length });
  } finally {
    closeSync(fd);
  }
}

test("deflated content of many pieces is read whole, and leaves nothing behind from piece to piece", async () => {
  const found = await digest(DEFLATED);
  const sha256 = createHash("sha256").update(CONTENT).digest("hex");
  expect(found).toMatchObject({ size: CONTENT.length, sha256, read: DEFLATED.length, broken: false });
  // A warning comes a turn later.
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings).toEqual([]);
});

test("deflated content that ends early, or goes on with something else, is broken", async () => {
  expect(await digest(DEFLATED.subarray(0, DEFLATED.length - 1_000_000))).toMatchObject({ broken: true });
  const changed = Buffer.from(DEFLATED);
  changed.fill(0xff, 12_000_000, 12_001_000);
  const found = await digest(changed);
  expect(found.broken || found.sha256 !== createHash("sha256").update(CONTENT).digest("hex")).toBe(true);
});

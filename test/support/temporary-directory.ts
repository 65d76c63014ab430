import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/**
 * Makes an empty folder of its own under the system's temporary folder. The caller removes it; see `temporaryDirectory` for one that is
 * removed by itself.
 *
 * @returns the real path (no symbolic links inside it)
 */
export function makeTemporaryDirectory(label = "test"): string {
  return realpathSync(mkdtempSync(join(tmpdir(), `satchel-${label}-`)));
}

/**
 * Makes an empty folder that is removed when the tests of the enclosing `describe` (or file) are over. Call it while tests are being
 * collected or inside a `beforeAll`.
 */
export function temporaryDirectory(label = "test"): string {
  const directory = makeTemporaryDirectory(label);
  afterAll(() => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
  return directory;
}

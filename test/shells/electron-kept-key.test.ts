import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openWorkspace } from "../../src/main/access/workspace.ts";
import { keptKey } from "../../src/main/shells/electron/kept-key.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

type Store = Parameters<typeof keptKey>[0];

/** A key store of the platform, as Electron shows it: what is sealed begins with the mark of the key that sealed it. */
const keyStore = (
  settings: { available?: boolean; backend?: ReturnType<Store["getSelectedStorageBackend"]>; mark?: string } = {},
): Store => {
  const { available = true, backend = "gnome_libsecret", mark = "v11" } = settings;
  return {
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptString: (text) => Buffer.from(mark + Buffer.from(text).toString("hex")),
    decryptString(sealed) {
      if (sealed.subarray(0, 3).toString() !== mark) throw new Error("another key");
      return Buffer.from(sealed.subarray(3).toString(), "hex").toString();
    },
  };
};
const folder = temporaryDirectory("kept-key");
let places = 0;
const place = (): string => join(folder, `person-${places++}`, "data", "workspace");
const make = async (store: Store, workspace: string): Promise<void> => {
  const secrets = keptKey(store, workspace);
  if (secrets === undefined) throw new Error("a person would be asked");
  (await openWorkspace(workspace, secrets)).close();
};

describe("the key that the platform keeps", () => {
  it("is made once, sealed, beside the workspace, for its owner alone, and opens the workspace again", async () => {
    const workspace = place();
    await make(keyStore(), workspace);
    const file = `${workspace}.key`;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const sealed = readFileSync(file);
    expect(sealed.subarray(0, 3).toString()).toBe("v11");
    await make(keyStore(), workspace);
    expect(readFileSync(file)).toEqual(sealed);
  });

  it.each([
    ["the platform has none", keyStore({ available: false })],
    ["it is Chromium's password from its source code", keyStore({ backend: "basic_text" })],
  ])("is not made where %s: a person is asked", (_why, store) => {
    const workspace = place();
    expect(keptKey(store, workspace)).toBeUndefined();
    expect(existsSync(`${workspace}.key`)).toBe(false);
  });

  it("is not trusted to a store that names itself a real one and seals with the password that everybody knows", () => {
    const workspace = place();
    expect(() => keptKey(keyStore({ mark: "v10" }), workspace)?.()).toThrowError(/key store/);
    expect(existsSync(`${workspace}.key`)).toBe(false);
  });

  it("is not asked for where the workspace was made with a passphrase", async () => {
    const workspace = place();
    (await openWorkspace(workspace, () => ({ kind: "passphrase", passphrase: "correct horse" }))).close();
    expect(keptKey(keyStore(), workspace)).toBeUndefined();
  });

  it("is never made anew beside a workspace that it does not open", async () => {
    const workspace = place();
    await make(keyStore(), workspace);
    rmSync(`${workspace}.key`);
    expect(() => keptKey(keyStore(), workspace)?.()).toThrowError("is missing beside it");
    expect(existsSync(`${workspace}.key`)).toBe(false);
  });

  it.each([
    ["of another person or machine", (file: string) => writeFileSync(file, "v99beef")],
    ["cut short", (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 20))],
    ["empty", (file: string) => writeFileSync(file, "")],
  ])("that is %s is refused with what to do, without a word of its own", async (_what, damage) => {
    const workspace = place();
    await make(keyStore(), workspace);
    damage(`${workspace}.key`);
    const before = readFileSync(`${workspace}.key`);
    expect(() => keptKey(keyStore(), workspace)?.()).toThrowError(
      expect.objectContaining({ code: "WRONG_KEY", next: expect.stringContaining("same computer") as string }) as Error,
    );
    expect(readFileSync(`${workspace}.key`)).toEqual(before);
  });

  it("says so where the store has gone since", async () => {
    const workspace = place();
    await make(keyStore(), workspace);
    expect(() => keptKey(keyStore({ backend: "basic_text" }), workspace)?.()).toThrowError("is not available");
  });
});

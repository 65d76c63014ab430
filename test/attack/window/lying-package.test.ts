import { createHash } from "node:crypto";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import { toErrorRecord } from "../../../src/contract/errors.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import type { App } from "../../../src/main/app.ts";
import { makeDemoHospital } from "../../../src/main/demo/make-demo-hospital.ts";
import { createWorkshop, resultOf } from "../../jobs/workshop.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

/** Whoever makes a package can make its manifest fit as well: what the receipt says of itself must still agree with itself. */
describe("a package that somebody made to look whole", () => {
  const root = temporaryDirectory("lying");
  let app: App;
  let client: Client<Calls>;
  let sound: string;
  let copies = 0;

  beforeAll(async () => {
    await makeDemoHospital(join(root, "hospital"), { size: "small" });
    const workshop = await createWorkshop(root, { folder: join(root, "hospital") });
    ({ app, client } = await workshop.open({ shell: "loopback" }));
    const { jobId } = await client["exports.start"]({
      recipe: {
        kind: "imaging",
        version: 1,
        selection: { scope: "all" },
        policy: { kind: "pseudonymised", key: "lung", options: [] },
        images: true,
        previews: false,
        format: "folder",
        compress: 0,
        grouping: "one",
        destination: join(root, "out"),
      },
    });
    sound = (await resultOf(client, jobId)).packages[0]?.path ?? "";
  });
  afterAll(() => app.close());

  /** Changes the receipt and makes the manifest fit. */
  function forge(change: (text: string) => string): string {
    const copy = join(root, `forged-${++copies}`);
    cpSync(sound, copy, { recursive: true });
    const file = join(copy, "receipt.json");
    const before = readFileSync(file, "utf8");
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(file, after);
    const manifest = join(copy, "manifest-sha256.txt");
    const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(digest(before), digest(after)));
    return copy;
  }

  async function verdict(path: string): Promise<{ ok: boolean; result: string }> {
    for await (const event of client["packages.verify"]({ path })) if (event.type === "result") return event;
    throw new Error("no verdict");
  }

  test("is sound as Satchel left it", async () => {
    expect(await verdict(sound)).toMatchObject({ ok: true });
    await expect(client["packages.receipt"]({ path: sound })).resolves.toBeDefined();
  });

  test.each([
    [
      "expects more than it holds and calls itself complete",
      (text: string) => text.replace(/"expected": ?(\d+)/, (_all, count: string) => `"expected": ${Number(count) + 5}`),
    ],
    [
      "says that more left than lies in it",
      (text: string) => text.replace(/"exported": ?(\d+)/, (_all, count: string) => `"exported": ${Number(count) + 5}`),
    ],
    ["does not name what it was to hold", (text: string) => text.replace(/"heldBack": ?[1-9]\d*/, '"heldBack": 0')],
    ["names a file twice", (text: string) => text.replace(/^(\s*\{[^\n]*"role": ?"dicom"[^\n]*\},)$/m, "$1\n$1")],
    ["is of another kind than it says", (text: string) => text.replace('"satchel-receipt"', '"satchel-recipe"')],
    ["holds words for a prototype", (text: string) => text.replace("{", '{ "__proto__": { "polluted": true },')],
    ["is cut", (text: string) => text.slice(0, -40)],
  ])("is found out where its receipt %s", async (_what, change) => {
    const forged = forge(change);
    const { ok } = await verdict(forged);
    expect(ok).toBe(false);
    const shown = await client["packages.receipt"]({ path: forged }).catch((thrown: unknown) => toErrorRecord(thrown));
    if ("code" in shown) expect(shown.code).toMatch(/^(?:PACKAGE_DAMAGED|TOO_LARGE)$/);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("ends no window where its receipt is nested without end", async () => {
    const deep = `"deep":${"[".repeat(200_000)}${"]".repeat(200_000)},`;
    const forged = forge((text) => text.replace(/"recipe": ?\{/, (open) => open + deep));
    await verdict(forged);
    const shown = await client["packages.receipt"]({ path: forged }).then(
      () => "shown",
      (thrown: unknown) => toErrorRecord(thrown).code,
    );
    expect(shown).toMatch(/^(?:shown|PACKAGE_DAMAGED|TOO_LARGE)$/);
    expect(await client["workspace.state"]({})).toMatchObject({ state: "open" });
  });

  test("is found out by its copy, too: nothing of it is called safe", async () => {
    const forged = forge((text) =>
      text.replace(/"expected": ?(\d+)/, (_all, count: string) => `"expected": ${Number(count) + 5}`),
    );
    const stick = join(root, "stick");
    await client["folders.make"]({ path: root, name: "stick" });
    const copied = (async () => {
      for await (const event of client["packages.copy"]({ path: forged, destination: stick }))
        if (event.type === "result") return event.ok;
      return undefined;
    })();
    expect(await copied.catch(() => false)).toBe(false);
  });
});

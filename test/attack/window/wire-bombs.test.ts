import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { createMemoryWire } from "../../../src/contract/memory-wire.ts";
import type { Wire } from "../../../src/contract/rpc.ts";
import { MAXIMUM_FRAME } from "../../../src/contract/rpc.ts";
import { openApp, type OpenApp } from "../../calls/open-app.ts";
import { instanceFile } from "../../exports/instance-file.ts";
import { syncAll } from "../../jobs/workshop.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

interface Answer {
  t: string;
  id: number;
  output?: unknown;
  error?: { code: string; message: string };
}

describe("a page that speaks the wire as it likes", () => {
  const top = temporaryDirectory("bombs");
  let number = 0;
  let root: string;
  let opened: OpenApp;
  let wire: Wire;
  let closed: boolean;
  let longest: number;
  let waiting: ((answer: Answer) => void)[];

  beforeEach(async () => {
    root = join(top, String(++number));
    mkdirSync(root);
    opened = await openApp(root);
    const [server, page] = createMemoryWire();
    closed = false;
    longest = 0;
    waiting = [];
    opened.app.serve(server);
    wire = page;
    page.onText((text) => {
      longest = Math.max(longest, text.length);
      waiting.shift()?.(JSON.parse(text) as Answer);
    });
    page.onClose(() => (closed = true));
  });

  const ask = (name: string, input: string): Promise<Answer> => {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    waiting.push(resolve);
    wire.send(`{"t":"request","id":${++number},"name":${JSON.stringify(name)},"input":${input}}`);
    return promise;
  };

  test("calls what is no call: it is told so, whatever it is named after", async () => {
    for (const name of [
      "__proto__",
      "constructor",
      "toString",
      "hasOwnProperty",
      "valueOf",
      "settings",
      "x".repeat(100_000),
    ]) {
      const { error } = await ask(name, "{}");
      expect(error?.code, name.slice(0, 20)).toBe("USAGE");
      expect(error?.message.length).toBeLessThan(200);
    }
    expect(closed).toBe(false);
  });

  test("pollutes nothing by settings, sources or recipes that name a prototype", async () => {
    const hostile = `{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"x":{"__proto__":{"polluted":true}}}`;
    await ask("settings.set", `{"views":${hostile}}`);
    await ask("settings.set", hostile);
    await ask("sources.test", `{"kind":"folder","config":${hostile}}`);
    await ask("sources.test", `{"kind":"__proto__","config":{}}`);
    await ask("sources.add", `{"kind":"constructor","name":"__proto__","config":${hostile}}`);
    await ask("recipes.save", `{"name":"__proto__","recipe":${hostile}}`);
    await ask("keys.new", `{"name":"__proto__"}`);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    const { output, error } = await ask("settings.get", "{}");
    expect(error).toBeUndefined();
    expect((output as { polluted?: boolean }).polluted).toBeUndefined();
    expect((output as { views: { polluted?: boolean } }).views.polluted).toBeUndefined();
    expect(await opened.client["sources.list"]({})).toEqual([]);
  });

  test("nests a million deep: it is refused, and the next call answered", async () => {
    const deep = `${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`;
    const objects = `${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`;
    for (const input of [deep, `{"views":{"x":${deep}}}`, `{"views":{"x":${objects}}}`]) {
      const { error } = await ask("settings.set", input);
      expect(error?.code).toMatch(/^(?:USAGE|TOO_LARGE|INTERNAL)$/);
    }
    const { error } = await ask("sources.add", `{"kind":"folder","name":"deep","config":{"path":${objects}}}`);
    expect(error).toBeDefined();
    expect((await ask("workspace.state", "{}")).output).toMatchObject({ state: "open" });
    expect(await opened.client["settings.get"]({})).toMatchObject({ views: {} });
  });

  test("asks for a stream with a credit that is none: it gets no more than a page can hold", async () => {
    for (const credit of ['"x"', "-1", "1e308", "null", "[]"]) {
      wire.send(`{"t":"request","id":${++number},"name":"changes.watch","input":{},"credit":${credit}}`);
      wire.send(`{"t":"credit","id":${number},"n":${credit}}`);
      wire.send(`{"t":"abort","id":${number}}`);
    }
    expect(await opened.client["workspace.state"]({})).toMatchObject({ state: "open" });
  });

  async function readFolder(
    files: number,
    file: (patient: number) => { patientId: string; description?: string },
  ): Promise<void> {
    const folder = join(root, "long");
    mkdirSync(folder);
    for (let patient = 0; patient < files; patient++) {
      const study = `1.2.3.${patient}`;
      const bytes = instanceFile({ study, instance: `${study}.1`, name: "A^B", ...file(patient) });
      writeFileSync(join(folder, `${patient}.dcm`), bytes);
    }
    await opened.client["sources.add"]({ kind: "folder", name: "long", config: { path: folder } });
    await syncAll(opened.client, "long");
  }

  test("reads headers that hold megabytes where the standard allows 64 letters: it gets its lists", async () => {
    const long = "Müller^".padEnd(2 * 1024 * 1024, "x");
    await readFolder(12, (patient) => ({ patientId: `P${patient}`, description: long }));
    for (const name of ["find.studies", "find.patients", "find.facets", "sources.list"]) {
      expect((await ask(name, "{}")).output, name).toBeDefined();
      expect(longest, name).toBeLessThanOrEqual(MAXIMUM_FRAME);
    }
    const one = await ask("find.study", `{"studyInstanceUid":"1.2.3.0","patientId":"P0","issuer":""}`);
    expect(one.output).toMatchObject({ study: { patientId: "P0", patientName: "A^B" } });
    expect(longest).toBeLessThan(1024 * 1024);
  });

  test("asks for more than a frame can carry: that call fails with a sentence, and no other", async () => {
    await readFolder(12, (patient) => ({ patientId: String(patient).padStart(2 * 1024 * 1024, "P") }));
    const { error } = await ask("find.patients", "{}");
    expect(error).toMatchObject({ code: "TOO_LARGE" });
    expect(longest).toBeLessThan(MAXIMUM_FRAME);
    expect((await ask("find.patients", `{"limit":2}`)).output).toMatchObject({ total: 12 });
    expect(closed).toBe(false);
  });
});

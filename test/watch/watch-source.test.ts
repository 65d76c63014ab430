import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { WatchEvent } from "../../src/contract/calls/watch.ts";
import type { FhirRecipe } from "../../src/contract/fhir-recipe.ts";
import { pauseAfter } from "../../src/main/watch/watch-source.ts";
import { anObservation, aPatient } from "../catalog/new-resources.ts";
import { lines } from "../jobs/dataset-workshop.ts";
import { createWorkshop, type Workshop } from "../jobs/workshop.ts";
import { untilAborted } from "./until-aborted.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

interface Camp {
  root: string;
  workshop: Workshop;
  /** Writes a file of the source in place of the one of that name. */
  write: (file: string, resources: readonly object[]) => void;
  remove: (file: string) => void;
  /** Watches with a clock that waits for nothing; after each look the next step is taken, and after the last one the watch is ended. */
  watch: (recipe: FhirRecipe | undefined, ...steps: (() => void)[]) => Promise<WatchEvent[]>;
}

async function camp(): Promise<Camp> {
  const root = makeTemporaryDirectory("watch");
  const files = join(root, "files");
  mkdirSync(files);
  const workshop = await createWorkshop(root);
  const { app, client } = await workshop.open();
  await client["sources.add"]({ kind: "ndjson", name: "camp", config: { path: files, timeZone: "Asia/Kolkata" } });
  await app.close();
  let minutes = 0;
  return {
    root,
    workshop,
    write: (file, resources) => writeFileSync(join(files, file), lines(resources)),
    remove: (file) => rmSync(join(files, file)),
    async watch(recipe, ...steps) {
      const end = new AbortController();
      const waiting = [...steps];
      const opened = await workshop.open({
        now: () => new Date(Date.UTC(2026, 0, 31, 12, minutes)),
        sleep: (_milliseconds, signal) => {
          minutes++;
          const step = waiting.shift();
          if (step === undefined) return untilAborted(signal);
          step();
          return Promise.resolve();
        },
      });
      const events: WatchEvent[] = [];
      try {
        const asked = { name: "camp", ...(recipe === undefined ? {} : { recipe }) };
        let looks = 0;
        for await (const event of opened.client["sources.watch"](asked, end.signal)) {
          if (event.type !== "progress") events.push(event);
          // What was told last has come.
          if (event.type === "waiting" && ++looks > steps.length) end.abort();
        }
      } catch (thrown) {
        if (!end.signal.aborted) throw thrown;
      } finally {
        await opened.app.close();
      }
      return events;
    },
  };
}

function recipeTo(destination: string, change: Partial<FhirRecipe> = {}): FhirRecipe {
  return {
    kind: "fhir",
    version: 1,
    selection: {},
    policy: { kind: "identified", reason: "test of watches", withoutConsent: "include" },
    layout: "ndjson",
    gzip: false,
    format: "folder",
    compress: 0,
    destination,
    ...change,
  };
}

const reads = (events: readonly WatchEvent[]) =>
  events.flatMap((event) => (event.type === "read" ? [event.types] : []));
const exported = (events: readonly WatchEvent[]) =>
  events.flatMap((event) => (event.type === "exported" ? event.packages : []));
const idsIn = (folder: string, file: string): string[] =>
  readFileSync(join(folder, file), "utf8")
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { id: string }).id)
    .sort();

test("each look tells what is new by type, and nothing where nothing is", async () => {
  const { watch, write, remove } = await camp();
  write("a.ndjson", [aPatient("p"), anObservation("o1", "p")]);
  const events = await watch(
    undefined,
    () => undefined,
    () => write("b.ndjson", [anObservation("o2", "p"), anObservation("o3", "p")]),
    () => remove("b.ndjson"),
  );
  expect(reads(events)).toEqual([
    [
      { type: "Observation", changed: 1, deleted: 0 },
      { type: "Patient", changed: 1, deleted: 0 },
    ],
    [],
    [{ type: "Observation", changed: 2, deleted: 0 }],
    [{ type: "Observation", changed: 0, deleted: 2 }],
  ]);
  const waits = events.flatMap((event) => (event.type === "waiting" ? [event.until.slice(11, 16)] : []));
  expect(waits).toEqual(["12:01", "12:02", "12:03", "12:04"]);
});

test("a recipe runs when something changed, and its package holds that and names what was deleted", async () => {
  const { root, watch, write, remove } = await camp();
  const out = join(root, "out");
  write("a.ndjson", [aPatient("p"), anObservation("o1", "p")]);
  write("b.ndjson", [anObservation("gone", "p")]);
  const events = await watch(
    recipeTo(out),
    () => undefined,
    () => {
      write("a.ndjson", [aPatient("p"), anObservation("o1", "p", { status: "amended" }), anObservation("o2", "p")]);
      remove("b.ndjson");
    },
  );
  const [whole, changes, none] = exported(events);
  expect(none).toBeUndefined();
  expect(readdirSync(out).sort()).toEqual(["fhir_export_20260131T120000Z", "fhir_export_20260131T120200Z"]);
  expect(idsIn(whole?.path ?? "", "Observation.ndjson")).toEqual(["gone", "o1"]);
  expect(existsSync(join(whole?.path ?? "", "deleted.ndjson"))).toBe(false);
  const folder = changes?.path ?? "";
  expect(idsIn(folder, "Observation.ndjson")).toEqual(["o1", "o2"]);
  expect(existsSync(join(folder, "Patient.ndjson"))).toBe(false);
  expect(JSON.parse(readFileSync(join(folder, "deleted.ndjson"), "utf8"))).toEqual({
    resourceType: "Bundle",
    type: "transaction",
    entry: [{ request: { method: "DELETE", url: "Observation/gone" } }],
  });
  expect(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"))).toMatchObject({
    deleted: [{ type: "Bundle", url: "deleted.ndjson", count: 1 }],
  });
  expect(readFileSync(join(folder, "receipt.json"), "utf8")).toContain("only what was added or changed since");
});

test("a deletion alone makes a package, whose reference is the pseudonym under which the resource left", async () => {
  const { root, workshop, watch, write, remove } = await camp();
  write("a.ndjson", [aPatient("p"), anObservation("o1", "p")]);
  write("b.ndjson", [anObservation("gone", "p")]);
  const policy = {
    kind: "pseudonymised",
    key: "lung",
    dates: "shift",
    birth: "year",
    text: "drop",
    phones: "remove",
    images: "exclude",
    withoutConsent: "include",
  } as const;
  const events = await watch(recipeTo(join(root, "out"), { policy }), () => remove("b.ndjson"));
  const [whole, changes] = exported(events);
  const left = idsIn(whole?.path ?? "", "Observation.ndjson");
  const told = JSON.parse(readFileSync(join(changes?.path ?? "", "deleted.ndjson"), "utf8")) as {
    entry: { request: { url: string } }[];
  };
  const [reference = ""] = told.entry.map(({ request }) => request.url);
  expect(left.map((id) => `Observation/${id}`)).toContain(reference);
  expect(reference).not.toContain("gone");
  expect(changes?.resources).toBe(0);
  expect((await workshop.satchel("verify", changes?.path ?? "")).exitCode).toBe(0);
});

test("a watch that is begun again goes on where it was", async () => {
  const { root, watch, write } = await camp();
  const recipe = recipeTo(join(root, "out"));
  write("a.ndjson", [aPatient("p"), anObservation("o1", "p")]);
  await watch(recipe);
  expect(exported(await watch(recipe))).toEqual([]);
  write("b.ndjson", [anObservation("o2", "p")]);
  const events = await watch(recipe);
  expect(events).toContainEqual(expect.objectContaining({ type: "exporting", holds: "changes" }));
  const [made] = exported(events);
  expect(idsIn(made?.path ?? "", "Observation.ndjson")).toEqual(["o2"]);
});

test("where another time zone of a source changes what left before, everything leaves again", async () => {
  const { root, workshop, watch, write } = await camp();
  const recipe = recipeTo(join(root, "out"));
  write("a.ndjson", [aPatient("p"), anObservation("o1", "p")]);
  await watch(recipe);
  const { app, client } = await workshop.open();
  const [source] = await client["sources.list"]({});
  await client["sources.edit"]({ name: "camp", config: { ...source?.config, timeZone: "Europe/Lisbon" } });
  await app.close();
  expect(await watch(recipe)).toContainEqual(expect.objectContaining({ type: "exporting", holds: "everything" }));
});

test("a Bundle is made whole each time, since it has no place for what was deleted", async () => {
  const { root, watch, write } = await camp();
  write("a.ndjson", [aPatient("p")]);
  const events = await watch(recipeTo(join(root, "out"), { layout: "bundle" }), () =>
    write("b.ndjson", [anObservation("o", "p")]),
  );
  expect(exported(events).map(({ resources }) => resources)).toEqual([1, 2]);
  expect(events.filter((event) => event.type === "exporting" && event.holds === "changes")).toEqual([]);
});

test("a look that fails is told and tried again, and what failed to leave is in the next package", async () => {
  const { root, watch, write } = await camp();
  const out = join(root, "out");
  write("a.ndjson", [aPatient("p"), anObservation("o1", "p")]);
  writeFileSync(out, "a file in the way");
  const events = await watch(
    recipeTo(out),
    () => undefined,
    () => rmSync(out),
  );
  expect(events.filter(({ type }) => type === "failed")).toHaveLength(2);
  const waits = events.flatMap((event) => (event.type === "waiting" ? [event.until] : []));
  expect(waits.slice(0, 2)).toEqual(["2026-01-31T12:02:00.000Z", "2026-01-31T12:05:00.000Z"]);
  const [made] = exported(events);
  expect(idsIn(made?.path ?? "", "Observation.ndjson")).toEqual(["o1"]);
});

test("two watches of one source are refused, and so is a source that holds no resources", async () => {
  const { root, workshop } = await camp();
  const images = join(root, "images");
  mkdirSync(images);
  const { app, client } = await workshop.open({
    sleep: (_milliseconds, signal) => untilAborted(signal),
  });
  await client["sources.add"]({ kind: "folder", name: "disk", config: { path: images } });
  const first = client["sources.watch"]({ name: "camp" })[Symbol.asyncIterator]();
  await first.next();
  const refused = async (name: string): Promise<unknown> => {
    for await (const _event of client["sources.watch"]({ name })) return undefined;
    return undefined;
  };
  await expect(refused("camp")).rejects.toMatchObject({ code: "USAGE" });
  await expect(refused("disk")).rejects.toMatchObject({ code: "USAGE" });
  await app.close();
});

test("the pause doubles with each failure, up to an hour, and is never shorter than what was asked for", () => {
  expect([0, 1, 2, 3].map((failures) => pauseAfter(failures, 60_000))).toEqual([60_000, 120_000, 240_000, 480_000]);
  expect(pauseAfter(40, 60_000)).toBe(3_600_000);
  expect(pauseAfter(3, 86_400_000)).toBe(86_400_000);
});

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HELD_CODES } from "../../src/contract/held.ts";
import type { Calls } from "../../src/contract/calls.ts";
import type { Review } from "../../src/contract/calls/exports.ts";
import type { ImagingRecipe } from "../../src/contract/recipe.ts";
import type { Client } from "../../src/contract/rpc.ts";
import { makeDemoHospital } from "../../src/main/demo/make-demo-hospital.ts";
import type { App } from "../../src/main/app.ts";
import { createWorkshop, resultOf } from "../jobs/workshop.ts";
import {
  instanceFile,
  instanceHeader,
  JPEG_BASELINE,
  pixelDataHeader,
  trailingElement,
} from "../exports/instance-file.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

function recipeFor(destination: string, change: Partial<ImagingRecipe> = {}): ImagingRecipe {
  return {
    kind: "imaging",
    version: 1,
    selection: { scope: "all" },
    policy: { kind: "pseudonymised", key: "lung", options: ["modified-dates", "clean-descriptors"] },
    images: true,
    previews: false,
    format: "folder",
    compress: 0,
    grouping: "each",
    destination,
    ...change,
  };
}

const row = (review: Review, tag: string): Review["rows"][number] | undefined =>
  review.rows.find((one) => one.tag === tag && one.depth === 0);
const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** The document's row of the reviewed instance: the only one of which bytes and checksum are known. */
function ownRow(review: Review): { file: string | null; bytes: number; sha256: string } | undefined {
  const document = JSON.parse(review.metadata) as { instances: ReturnType<typeof ownRow>[] };
  return document.instances.find((one) => typeof one?.sha256 === "string");
}

describe("a review of the demo hospital", () => {
  const root = temporaryDirectory("review");
  let app: App;
  let client: Client<Calls>;
  const destination = join(root, "out");
  const recipe = recipeFor(destination);

  beforeAll(async () => {
    await makeDemoHospital(join(root, "hospital"), { size: "small" });
    const workshop = await createWorkshop(root, { folder: join(root, "hospital") });
    ({ app, client } = await workshop.open());
  });
  afterAll(() => app.close());

  test("shows what the export then writes: names, bytes, checksum and what is held back, for every instance", async () => {
    const reviews: Review[] = [];
    for (let index = 0; reviews.length === 0 || index < (reviews[0]?.instances ?? 0); index++)
      reviews.push(await client["exports.review"]({ recipe, index }));
    expect(existsSync(destination), "a review writes nothing").toBe(false);

    const { jobId } = await client["exports.start"]({ recipe });
    const { packages } = await resultOf(client, jobId);
    expect(reviews).toHaveLength(packages.reduce((sum, { instances }) => sum + instances.expected, 0));
    expect(packages.reduce((sum, { instances }) => sum + instances.failed, 0)).toBe(0);
    const held = reviews.filter((review) => review.held.length > 0);
    expect(held).toHaveLength(packages.reduce((sum, { instances }) => sum + instances.heldBack, 0));
    expect(held.length).toBeGreaterThan(0);
    for (const review of reviews) {
      expect(review.leaks).toEqual([]);
      const file = join(destination, review.package, ...review.path.split("/"));
      const own = ownRow(review);
      if (review.held.length > 0) {
        expect(existsSync(file)).toBe(false);
        expect(own).toBeUndefined();
        continue;
      }
      const bytes = readFileSync(file);
      expect(own).toMatchObject({ file: review.path, bytes: bytes.length, sha256: sha256(bytes) });
    }
  });

  test("tells before and after as people read them, with the kind of every change", async () => {
    const all = await Promise.all([0, 20, 40, 60, 80, 100].map((index) => client["exports.review"]({ recipe, index })));
    for (const review of all) {
      const name = row(review, "(0010,0010)");
      expect(name).toMatchObject({ name: "Patient's Name", vr: "PN", change: "replaced" });
      expect(review.package).toContain(name?.after ?? "nothing");
      const date = row(review, "(0008,0020)");
      expect(date?.change).toBe("shifted");
      expect(date?.before).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(date?.after).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(row(review, "(0010,0030)")).toMatchObject({ after: "", change: "emptied" });
      expect(row(review, "(0008,0080)")).toMatchObject({ after: null, change: "removed" });
      expect(row(review, "(0012,0062)")).toMatchObject({ before: null, after: "YES", change: "added" });
      expect(row(review, "(0008,0060)")?.change).toBe("kept");
      const counted = review.rows.filter((one) => one.tag !== "(FFFE,E000)");
      for (const [change, count] of Object.entries(review.counts))
        expect(counted.filter((one) => one.change === change)).toHaveLength(count);
    }
  });

  test("an identified recipe keeps everything, and says so", async () => {
    const identified = recipeFor(destination, { policy: { kind: "identified" } });
    const review = await client["exports.review"]({ recipe: identified, index: 3 });
    expect(new Set(review.rows.map((one) => one.change))).toEqual(new Set(["kept"]));
    expect(review.rows.every((one) => one.before === one.after)).toBe(true);
    expect([review.held, review.leaks]).toEqual([[], []]);
  });

  test("what is held back says why, unless it is let pass for a reason", async () => {
    const reviewOf = async (index: number, includeHeld?: string): Promise<Review> => {
      const policy = { kind: "pseudonymised" as const, key: "lung", options: [], includeHeld };
      return client["exports.review"]({ recipe: recipeFor(destination, { policy }), index });
    };
    let index = 0;
    let review = await reviewOf(index);
    while (review.held.length === 0) review = await reviewOf(++index);
    expect(review.held[0]).toEqual({
      code: expect.toBeOneOf([...HELD_CODES]) as string,
      reason: expect.stringMatching(/\.$/) as string,
    });
    const passed = await reviewOf(index, "the ethics board agreed");
    expect(passed.held).toEqual([]);
    expect(ownRow(passed)?.file).toBe(passed.path);
  });

  test("a recipe of metadata alone names the document and no file", async () => {
    const review = await client["exports.review"]({ recipe: recipeFor(destination, { format: "json" }), index: 0 });
    expect(review.path).toBe("patient_data.json");
    expect(JSON.parse(review.metadata)).toMatchObject({
      instances: [{ file: null }],
      metadata: { includesImages: false },
    });
  });

  test("a page far beyond the end, a key that is not there and an empty choice are told apart", async () => {
    await expect(client["exports.review"]({ recipe, index: 1_000_000 })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const noKey = recipeFor(destination, { policy: { kind: "pseudonymised", key: "none", options: [] } });
    await expect(client["exports.review"]({ recipe: noKey, index: 0 })).rejects.toMatchObject({ code: "KEY_NEEDED" });
    const nobody = recipeFor(destination, { selection: { scope: "patients", patients: [{ id: "nobody" }] } });
    await expect(client["exports.review"]({ recipe: nobody, index: 0 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("reviews that are no longer wanted are dropped", async () => {
    const stop = new AbortController();
    const asked = Array.from({ length: 20 }, (_, index) => client["exports.review"]({ recipe, index }, stop.signal));
    stop.abort();
    const settled = await Promise.allSettled(asked);
    expect(settled.every(({ status }) => status === "rejected")).toBe(true);
    await expect(client["exports.review"]({ recipe, index: 0 })).resolves.toMatchObject({ index: 0 });
  });

  test("an examination comes to what the export comes to, and its progress adds up", async () => {
    const examined = client["exports.examine"]({ recipe });
    for await (const { type, done, total, clean, heldBack, failed, leaks } of examined) {
      const sum = (reasons: typeof heldBack): number => reasons.reduce((all, { count }) => all + count, 0);
      expect(clean + sum(heldBack) + sum(failed)).toBe(done);
      if (type === "progress") continue;
      const { packages } = (await client["jobs.list"]({}))[0] ?? { packages: [] };
      const exported = packages.reduce((all, { instances }) => all + instances.exported, 0);
      expect([done, clean, leaks]).toEqual([total, exported, 0]);
      const reasons = packages.flatMap((one) => one.reasons);
      expect(new Set(heldBack.map(({ reason }) => reason))).toEqual(new Set(reasons.map(({ reason }) => reason)));
    }
  });

  test("an examination can be cancelled", async () => {
    const stop = new AbortController();
    const events = client["exports.examine"]({ recipe }, stop.signal)[Symbol.asyncIterator]();
    await events.next();
    stop.abort();
    await expect(
      (async () => {
        for (;;) if ((await events.next()).done === true) throw new Error("it came to its end");
      })(),
    ).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("a review of unusual files", () => {
  const root = temporaryDirectory("review-odd");
  const folder = join(root, "odd");
  let app: App;
  let client: Client<Calls>;
  const LARGE = 20 * 1024 * 1024;
  const study = "2.25.77";

  beforeAll(async () => {
    mkdirSync(folder);
    const frame = Buffer.alloc(1024 * 1024, 9);
    const large = { patientId: "P1", study, rows: 1024, columns: 1024, frames: 20 };
    writeFileSync(
      join(folder, "native.dcm"),
      Buffer.concat([
        instanceHeader({ ...large, instance: "2.25.771", number: 1 }),
        pixelDataHeader(LARGE),
        ...Array.from({ length: 20 }, () => frame),
        trailingElement("trailing of Example^Ann"),
      ]),
    );
    const item = (bytes: Buffer): Buffer => {
      const header = Buffer.from("feff00e000000000", "hex");
      header.writeUInt32LE(bytes.length, 4);
      return Buffer.concat([header, bytes]);
    };
    writeFileSync(
      join(folder, "compressed.dcm"),
      Buffer.concat([
        instanceHeader({ ...large, instance: "2.25.772", number: 2 }, JPEG_BASELINE),
        pixelDataHeader(0xffffffff),
        item(Buffer.alloc(0)),
        ...Array.from({ length: 20 }, () => item(frame)),
        Buffer.from("feffdde000000000", "hex"),
      ]),
    );
    writeFileSync(join(folder, "small.dcm"), instanceFile({ patientId: "P1", study, instance: "2.25.773", number: 3 }));
    writeFileSync(join(folder, "gone.dcm"), instanceFile({ patientId: "P1", study, instance: "2.25.774", number: 4 }));
    const workshop = await createWorkshop(root, { folder });
    ({ app, client } = await workshop.open());
  });
  afterAll(() => app.close());

  test("files that are not held in memory are shown whole, what stands behind their pixels included", async () => {
    const native = await client["exports.review"]({ recipe: recipeFor(join(root, "out")), index: 0 });
    expect(row(native, "(7FE0,0010)")).toMatchObject({
      before: `[${LARGE} bytes]`,
      after: `[${LARGE} bytes]`,
      change: "kept",
    });
    expect(row(native, "(FFFC,FFFC)")).toMatchObject({ change: "removed" });
    expect(row(native, "(0010,0020)")).toMatchObject({ before: "P1", change: "replaced" });
    const compressed = await client["exports.review"]({ recipe: recipeFor(join(root, "out")), index: 1 });
    expect(row(compressed, "(7FE0,0010)")).toMatchObject({ change: "kept" });
    expect(row(compressed, "(0010,0010)")).toMatchObject({ before: "Example^Ann", change: "replaced" });
  });

  test("a file that changed since the sync, or went, is an error that names the cause", async () => {
    const recipe = recipeFor(join(root, "out"));
    utimesSync(join(folder, "small.dcm"), new Date(0), new Date(0));
    await expect(client["exports.review"]({ recipe, index: 2 })).rejects.toMatchObject({ code: "CHECKSUM" });
    rmSync(join(folder, "gone.dcm"));
    await expect(client["exports.review"]({ recipe, index: 3 })).rejects.toMatchObject({ code: "READ_FAILED" });
    for await (const event of client["exports.examine"]({ recipe })) {
      if (event.type !== "result") continue;
      expect(event).toMatchObject({ done: 4, clean: 2 });
      expect(event.failed.map(({ code, count }) => `${code} ${count}`).sort()).toEqual(["CHECKSUM 1", "READ_FAILED 1"]);
    }
  });

  test("a source that is gone ends an examination instead of counting each instance as failed", async () => {
    renameSync(folder, `${folder}-away`);
    const recipe = recipeFor(join(root, "out"));
    const examine = async (): Promise<void> => {
      for await (const event of client["exports.examine"]({ recipe })) void event;
    };
    await expect(examine()).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
    await expect(client["exports.review"]({ recipe, index: 0 })).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
    renameSync(`${folder}-away`, folder);
    await expect(client["exports.review"]({ recipe, index: 0 })).resolves.toMatchObject({ instances: 4 });
  });
});

import { mkdirSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { makeDemoHospital } from "../../src/main/demo/make-demo-hospital.ts";
import { createDemoWorkshop, folderNames, recipeTo } from "../jobs/demo-workshop.ts";
import { createWorkshop, resultOf, type Workshop } from "../jobs/workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { sentences } from "./ask-job.ts";

const root = temporaryDirectory("retried-jobs");
const newFolder = folderNames(root);
let workshop: Workshop;

beforeAll(async () => {
  workshop = await createDemoWorkshop(root);
});

test("a retry makes anew what failed, beside the old package, and only that", async () => {
  const folder = join(root, "fragile");
  await makeDemoHospital(folder, { size: "small" });
  const place = join(root, "retry");
  mkdirSync(place);
  const own = await createWorkshop(place, { folder });
  const rows = await own.look(({ catalog }) =>
    catalog.all<{ ref: string; uid: string }>(
      `SELECT ref, study_instance_uid AS uid FROM instance_location JOIN instance ON instance.id = instance
         JOIN series ON series.id = series JOIN study ON study.id = study ORDER BY ref`,
    ),
  );
  const victim = join(folder, rows[0]?.ref ?? "");
  const others = [...new Set(rows.map(({ uid }) => uid))].filter((uid) => uid !== rows[0]?.uid).slice(0, 2);
  renameSync(victim, `${victim}.away`);
  const { app, client } = await own.open();
  try {
    const to = newFolder();
    const selection = { scope: "studies" as const, studies: [rows[0]?.uid ?? "", ...others] };
    const policy = { kind: "identified" as const };
    const recipe = recipeTo(to, { selection, policy, grouping: "each", previews: false });
    const { jobId: id } = await client["exports.start"]({ recipe });
    expect((await resultOf(client, id)).state).toBe("incomplete");
    const before = readdirSync(to);
    expect(before).toHaveLength(3);
    renameSync(`${victim}.away`, victim);
    const { jobId: again } = await client["jobs.retry"]({ id });
    const result = await resultOf(client, again);
    const old = (await client["jobs.show"]({ id })).packages.find((one) => one.result === "incomplete");
    expect(result).toMatchObject({ state: "complete", packages: [{ name: old?.name.replace(/\.zip$/, "-2.zip") }] });
    expect(readdirSync(to)).toHaveLength(4);
    expect(await client["jobs.recipe"]({ id: again })).toMatchObject({
      selection: { scope: "studies", studies: [rows[0]?.uid] },
    });
    expect((await sentences(client, id)).at(-1)).toBe(`What failed is made anew by job ${again}.`);
  } finally {
    await app.close();
  }
});

test("a retry of a cancelled job makes what is missing, under its own names", async () => {
  const { app, client } = await workshop.open();
  try {
    const to = newFolder();
    const patients = await client["find.patients"]({ limit: 8 });
    const selection = {
      scope: "patients" as const,
      patients: patients.rows.map(({ patientId, issuer }) => ({ id: patientId, issuer })),
    };
    const { jobId: id } = await client["exports.start"]({ recipe: recipeTo(to, { selection, grouping: "each" }) });
    for await (const event of client["jobs.watch"]({ id }))
      if (event.type === "progress" && event.progress.packageNumber === 2) break;
    const { state, packages } = await client["jobs.cancel"]({ id });
    expect(state).toBe("cancelled");
    expect(packages.length).toBeLessThan(patients.rows.length);
    const { jobId: again } = await client["jobs.retry"]({ id });
    const result = await resultOf(client, again);
    expect(result.packages.map(({ name }) => name)).not.toContain(packages[0]?.name);
    expect(result.packages.length + packages.length).toBe(patients.rows.length);
    expect(readdirSync(to).every((name) => !/_export-\d+\.zip/.test(name))).toBe(true);
  } finally {
    await app.close();
  }
});

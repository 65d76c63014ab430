import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { FhirRecipe } from "../../../src/contract/fhir-recipe.ts";
import type { ImagingRecipe } from "../../../src/contract/recipe.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import type { NotesRecipe } from "../../../src/contract/table-recipe.ts";
import { resultOf } from "../../jobs/workshop.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { twoHospitals, type Hospitals } from "./two-hospitals.ts";

/** Words that stand in South and nowhere in North. */
const OF_SOUTH = /South|"s1"|"s2"|R-s|Febre de s|"P2"|1\.2\.2\b|1\.2\.72|1\.2\.9\b/;

describe("a hospital beside another in one workspace", () => {
  const root = temporaryDirectory("hospitals");
  let hospitals: Hospitals;
  let piet: Client<Calls>;
  let anna: Client<Calls>;
  let ines: Client<Calls>;
  beforeAll(async () => {
    hospitals = await twoHospitals(root);
    piet = await hospitals.as("piet");
    anna = await hospitals.as("anna");
    ines = await hospitals.as("ines");
  });
  afterAll(() => hospitals.app.close());

  let folders = 0;
  const fresh = (): string => {
    const folder = join(hospitals.out, String((folders += 1)));
    mkdirSync(folder);
    return folder;
  };
  const imaging = (change: Partial<ImagingRecipe> = {}): ImagingRecipe => ({
    kind: "imaging",
    version: 1,
    selection: { scope: "all" },
    policy: { kind: "identified" },
    images: true,
    previews: false,
    format: "folder",
    compress: 0,
    grouping: "one",
    destination: fresh(),
    ...change,
  });
  const pseudonymised = { kind: "pseudonymised", key: "lung", options: [] } as const;
  const notes = (change: Partial<NotesRecipe["policy"]> = {}): NotesRecipe => ({
    kind: "notes",
    version: 1,
    selection: {},
    policy: {
      ids: "pseudonym",
      key: "lung",
      asOf: "note",
      statusLabels: "english",
      ages: "safe-harbor",
      recordNumber: "drop",
      text: "drop",
      ...change,
    },
    format: "folder",
    compress: 0,
    formulas: "guard",
    destination: fresh(),
  });
  const fhir = (identified: boolean): FhirRecipe => ({
    kind: "fhir",
    version: 1,
    selection: {},
    policy: identified
      ? { kind: "identified", reason: "treatment", withoutConsent: "include" }
      : {
          kind: "pseudonymised",
          key: "lung",
          dates: "shift",
          birth: "year",
          text: "drop",
          phones: "remove",
          images: "exclude",
          withoutConsent: "include",
        },
    format: "folder",
    compress: 0,
    layout: "ndjson",
    gzip: false,
    destination: fresh(),
  });

  test("a provider sees nothing of the other hospital in any list, chip or count", async () => {
    const seen = {
      sources: await piet["sources.list"]({}),
      patients: await piet["find.patients"]({}),
      studies: await piet["find.studies"]({}),
      facets: await piet["find.facets"]({}),
      notes: await piet["records.notes"]({}),
      noteFacets: await piet["records.noteFacets"]({}),
      exams: await piet["records.exams"]({}),
      examFacets: await piet["records.examFacets"]({}),
      types: await piet["resources.types"]({}),
      codes: await piet["resources.codes"]({}),
      resources: await piet["resources.list"]({}),
      people: await piet["resources.patients"]({}),
      plans: [
        await piet["exports.plan"](imaging()),
        await piet["exports.plan"](notes()),
        await piet["exports.plan"](fhir(true)),
      ],
    };
    expect(JSON.stringify(seen)).not.toMatch(OF_SOUTH);
    expect(seen.sources.map(({ name }) => name)).toEqual(["North images", "North notes", "North FHIR"]);
    expect(seen.studies.rows.map((row) => row.studyInstanceUid).toSorted()).toEqual(["1.2.1", "1.2.71"]);
    expect(seen.patients.rows.map((row) => [row.patientId, row.studies, row.instances])).toEqual([
      ["BOTH", 1, 1],
      ["P1", 1, 1],
    ]);
    expect(seen.facets).toMatchObject({ patients: 2, studies: 2, instances: 2 });
    expect([seen.notes.total, seen.noteFacets.notes, seen.noteFacets.inCatalog]).toEqual([2, 2, 2]);
    expect([seen.exams.total, seen.examFacets.exams, seen.examFacets.inCatalog]).toEqual([2, 2, 2]);
    expect([seen.resources.total, seen.people.total]).toEqual([3, 2]);
    expect(seen.codes.map(({ count }) => count)).toEqual([1]);
  });

  test("asking for the other hospital by name finds what asking for something that does not exist finds", async () => {
    const south = { sources: ["South images", "South notes", "South FHIR"] };
    expect((await piet["find.studies"](south)).total).toBe(0);
    expect((await piet["records.notes"](south)).total).toBe(0);
    expect((await piet["resources.list"](south)).total).toBe(0);
    expect((await piet["records.exams"](south)).total).toBe(0);
    expect(await piet["resources.codes"](south)).toEqual([]);
    const refusal = async (asked: Promise<unknown>): Promise<string> =>
      await asked.then(
        () => "answered",
        (error: Error) => error.message.replaceAll(/South \w+|Nowhere|\d+/g, "X"),
      );
    for (const ask of [
      (name: string) => piet["sources.problems"]({ name }),
      (name: string) => piet["exports.plan"]({ ...notes(), selection: { sources: [name] } }),
      (name: string) => piet["resources.consents"]({ source: name, patient: "s1" }),
      (name: string) =>
        piet["exports.plan"](
          imaging({
            selection: {
              scope: "matching",
              of: "studies",
              filter: { sources: [name] },
              exceptPatients: [],
              exceptStudies: [],
            },
          }),
        ),
    ])
      expect(await refusal(ask("South notes"))).toBe(await refusal(ask("Nowhere")));
  });

  test("rows of the other hospital are not there, whatever their number", async () => {
    const { administrator } = hospitals;
    const { rows } = await administrator["records.notes"]({ sources: ["South notes"] });
    await expect(piet["records.note"]({ id: rows[0]!.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const resources = await administrator["resources.list"]({ sources: ["South FHIR"] });
    await expect(piet["resources.show"]({ row: resources.rows[0]!.row })).rejects.toMatchObject({ code: "NOT_FOUND" });
    for (const studyInstanceUid of ["1.2.2", "1.2.9"]) {
      const study = (await administrator["find.studies"]({})).rows.find(
        (one) => one.studyInstanceUid === studyInstanceUid,
      )!;
      const key = { studyInstanceUid, patientId: study.patientId, issuer: study.issuer };
      await expect(piet["find.study"](key)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(piet["find.tags"]({ instance: study.picture! })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(
        piet["exports.plan"](imaging({ selection: { scope: "studies", studies: [studyInstanceUid] } })),
      ).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    }
  });

  test("everything that a provider exports is their hospital's, and the receipt says what was selected", async () => {
    for (const recipe of [
      imaging(),
      imaging({ selection: { scope: "patients", patients: [{ id: "BOTH" }] } }),
      notes({ ids: "source", reason: "treatment", recordNumber: "keep", text: "keep" }),
      fhir(true),
    ]) {
      const { jobId } = await piet["exports.start"]({ recipe });
      const { state, packages } = await resultOf(piet, jobId);
      expect([recipe.kind, state]).toEqual([recipe.kind, "complete"]);
      expect(JSON.stringify(await piet["jobs.recipe"]({ id: jobId }))).toContain("North");
      for (const { path } of packages) {
        const receipt = await piet["packages.receipt"]({ path });
        expect(receipt.exportedBy).toBe("piet");
        const all = readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
          .join("\n");
        expect(all).not.toMatch(/Febre de s|R-s1|Patient\/s1|1\.2\.72\.|1\.2\.2\.1|1\.2\.9\./);
      }
    }
    expect((await hospitals.administrator["audit.list"]({ user: "piet" })).rows.map(({ action }) => action)).toContain(
      "export notes",
    );
  });

  test("an account sees its own jobs, packages and recipes alone, and cannot touch others'", async () => {
    const { jobId } = await piet["exports.start"]({ recipe: notes() });
    const { packages } = await resultOf(piet, jobId);
    const { path } = packages[0]!;
    await piet["recipes.save"]({ name: "mine", recipe: notes() });
    expect([
      await anna["jobs.list"]({}),
      (await anna["packages.list"]({})).total,
      await anna["recipes.list"]({}),
    ]).toEqual([[], 0, []]);
    for (const asked of [
      () => anna["jobs.show"]({ id: jobId }),
      () => anna["jobs.recipe"]({ id: jobId }),
      () => anna["jobs.log"]({ id: jobId }),
      () => anna["jobs.remove"]({ id: jobId }),
      () => anna["jobs.retry"]({ id: jobId }),
      () => anna["packages.receipt"]({ path }),
      () => anna["packages.receipt"]({ path: join(path, "..", path.slice(path.lastIndexOf("/") + 1)) }),
      () => anna["packages.forget"]({ path }),
      () => anna["recipes.remove"]({ name: "mine" }),
    ])
      await expect(asked()).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(anna["recipes.save"]({ name: "mine", recipe: notes(), replace: true })).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
    });
    expect((await piet["packages.list"]({ limit: 1 })).rows).toHaveLength(1);
    expect((await piet["jobs.list"]({})).map(({ id }) => id)).toContain(jobId);
    expect((await hospitals.administrator["jobs.list"]({})).map(({ id }) => id)).toContain(jobId);
  });

  test("a data analyst exports what is pseudonymised and is refused every way to identity", async () => {
    const { jobId } = await anna["exports.start"]({ recipe: notes({ text: "scrub" }) });
    expect(await resultOf(anna, jobId)).toMatchObject({ state: "complete", packages: [{ rows: { written: 2 } }] });
    const byName = { scope: "patients" as const, patients: [{ id: "P1" }] };
    for (const recipe of [
      imaging(),
      imaging({ policy: { ...pseudonymised, options: ["retain-uids"] } }),
      imaging({ policy: { ...pseudonymised, options: [], includeHeld: "because" } }),
      imaging({ policy: { ...pseudonymised, options: [] }, selection: byName }),
      imaging({ policy: { ...pseudonymised, options: [] }, selection: { scope: "studies", studies: ["1.2.1"] } }),
      notes({ ids: "source", reason: "because" }),
      notes({ text: "keep" }),
      notes({ recordNumber: "keep" }),
      { ...notes(), selection: { patients: ["n1"] } },
      { ...notes(), selection: { text: "febre" } },
      fhir(true),
      { ...fhir(false), selection: { patients: ["n1"] } },
    ]) {
      await expect(anna["exports.plan"](recipe)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      await expect(anna["exports.start"]({ recipe })).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    }
  });

  test("a data analyst counts without names, and reviews what leaves without what it was made of", async () => {
    expect(await anna["find.facets"]({ modalities: ["CT"] })).toMatchObject({ studies: 2 });
    for (const asked of [
      () => anna["find.facets"]({ text: "Müller" }),
      () => anna["find.facets"]({ patientId: "P1" }),
      () => anna["records.noteFacets"]({ text: "febre" }),
      () => anna["records.noteFacets"]({ patients: ["n1"] }),
      () => anna["records.examFacets"]({ q: "Müller" }),
    ])
      await expect(asked()).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    const review = await anna["exports.reviewTable"]({ recipe: notes({ text: "scrub" }), offset: 0 });
    expect(JSON.stringify(review.rows)).not.toMatch(/R-n1|"n1"|note-n1/);
    expect(review.rows[0]?.before).toContain("•••");
    const picture = await anna["exports.review"]({
      recipe: imaging({ policy: { ...pseudonymised, options: [] } }),
      index: 0,
    });
    expect(JSON.stringify(picture)).not.toMatch(/Müller|"P1"|BOTH/);
    expect(picture.picture).toBeNull();
    expect(picture.rows.some(({ before }) => before === "•••")).toBe(true);
  });

  test("a provider of single patients sees these alone, in FHIR and in images", async () => {
    const paula = await hospitals.as("paula");
    expect((await paula["resources.list"]({})).rows.map(({ id }) => id).toSorted()).toEqual(["n1", "no"]);
    expect((await paula["resources.patients"]({})).rows.map(({ id }) => id)).toEqual(["n1"]);
    await expect(paula["resources.patients"]({ query: "Sharma" })).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    expect((await paula["find.studies"]({})).total).toBe(0);
    const other = (await piet["resources.list"]({})).rows.find(({ id }) => id === "n2")!;
    await expect(paula["resources.show"]({ row: other.row })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await ines["find.studies"]({})).rows.map((row) => row.studyInstanceUid)).toEqual(["1.2.1"]);
    expect((await ines["records.exams"]({})).total).toBe(1);
    const both = { scope: "patients" as const, patients: [{ id: "BOTH" }] };
    await expect(ines["exports.plan"](imaging({ selection: both }))).rejects.toMatchObject({ code: "NOT_FOUND" });
    const { packages } = await ines["exports.plan"](imaging());
    expect(packages).toMatchObject([{ patients: 1, studies: 1 }]);
  });

  test("a provider to whom nobody was assigned sees nobody", async () => {
    const nobody = await hospitals.as("nobody");
    expect(await nobody["sources.list"]({})).toEqual([]);
    expect((await nobody["find.studies"]({})).total).toBe(0);
    expect((await nobody["records.notes"]({})).total).toBe(0);
    expect((await nobody["records.exams"]({})).total).toBe(0);
    expect((await nobody["resources.list"]({})).total).toBe(0);
    expect(await nobody["resources.codes"]({})).toEqual([]);
    await expect(nobody["exports.plan"](notes())).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  });

  test("pictures are given for the session of who may see them, and for no other", async () => {
    const { app, administrator } = hospitals;
    const signal = new AbortController().signal;
    const { rows } = await administrator["find.studies"]({});
    const pictureOf = (uid: string): number => rows.find((one) => one.studyInstanceUid === uid)!.picture!;
    const key = async (client: Client<Calls>): Promise<string> => (await client["users.me"]({})).pictures!;
    const [own, other] = [pictureOf("1.2.1"), pictureOf("1.2.2")];
    await expect(app.picture({ instance: own, frame: 0 }, signal)).rejects.toMatchObject({ code: "SIGN_IN_NEEDED" });
    // The small file has no picture in it: that the engine looked is all that is asked here.
    await expect(app.picture({ instance: own, frame: 0, session: await key(piet) }, signal)).rejects.toMatchObject({
      code: "CANNOT_RENDER",
    });
    await expect(app.picture({ instance: other, frame: 0, session: await key(piet) }, signal)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(app.picture({ instance: own, frame: 0, session: await key(anna) }, signal)).rejects.toMatchObject({
      code: "NOT_ALLOWED",
    });
  });

  test("who loses a source loses it at the next call, and a job of it does not go on", async () => {
    const { administrator } = hospitals;
    const { jobId } = await piet["exports.start"]({ recipe: notes() });
    await resultOf(piet, jobId);
    await administrator["users.assign"]({ name: "piet", sources: ["North images"] });
    expect((await piet["records.notes"]({})).total).toBe(0);
    await expect(piet["jobs.retry"]({ id: jobId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await administrator["users.assign"]({ name: "piet", sources: ["North images", "North notes", "North FHIR"] });
    expect((await piet["records.notes"]({})).total).toBe(2);
  });
});

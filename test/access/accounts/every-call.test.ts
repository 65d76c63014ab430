import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calls, type Calls } from "../../../src/contract/calls.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import { Guard } from "../../../src/main/access/accounts/guard.ts";
import { REQUIREMENTS } from "../../../src/main/access/accounts/requirements/index.ts";
import { openWorkspace } from "../../../src/main/access/workspace.ts";
import { getAccount } from "../../../src/main/catalog/accounts.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { PASSWORD, twoHospitals, type Hospitals } from "./two-hospitals.ts";

type Name = keyof Calls;
/** Who may, told a second time: what the application declares is not taken at its word. */
const MAY: Record<"anyone" | "signedIn" | "identified", readonly Name[]> = {
  anyone: [
    "workspace.state",
    "workspace.open",
    "changes.watch",
    "shell.describe",
    "shell.licences",
    "settings.get",
    "users.me",
    "users.signIn",
    "users.signOut",
  ],
  signedIn: [
    "shell.chooseFolder",
    "shell.chooseFile",
    "shell.reveal",
    "shell.dragOut",
    "folders.places",
    "folders.list",
    "folders.make",
    "settings.set",
    "keys.list",
    "packages.list",
    "packages.verify",
    "packages.copy",
    "packages.receipt",
    "packages.forget",
    "users.changePassword",
    "sources.list",
    "find.facets",
    "records.noteFacets",
    "records.examFacets",
    "resources.types",
    "resources.codes",
    "resources.studies",
    "exports.plan",
    "exports.review",
    "exports.examine",
    "exports.reviewTable",
    "exports.examineText",
    "exports.reviewResource",
    "exports.countResources",
    "exports.start",
    "views.list",
    "views.check",
    "views.preview",
    "quality.examine",
    "quality.rows",
    "recipes.list",
    "recipes.save",
    "recipes.remove",
    "jobs.list",
    "jobs.show",
    "jobs.recipe",
    "jobs.resume",
    "jobs.pause",
    "jobs.retry",
    "jobs.log",
    "jobs.remove",
    "jobs.watch",
    "jobs.progress",
    "jobs.cancel",
  ],
  identified: [
    "find.patients",
    "find.studies",
    "find.study",
    "find.instances",
    "find.tags",
    "records.notes",
    "records.note",
    "records.exams",
    "resources.list",
    "resources.show",
    "resources.patients",
    "resources.consents",
    "sources.sync",
    "sources.watch",
    "sources.cancelSync",
    "sources.problems",
  ],
};

const REFUSALS = new Set(["NOT_ALLOWED", "SIGN_IN_NEEDED"]);

describe("every call of the contract", () => {
  const root = temporaryDirectory("every-call");
  let hospitals: Hospitals;
  let inputs: Partial<Record<Name, unknown>>;
  beforeAll(async () => {
    hospitals = await twoHospitals(root);
    inputs = inputsIn(root);
  });
  afterAll(() => hospitals.app.close());

  /** What comes of each call: "answered", or the code of the error. */
  async function tryAll(client: Client<Calls>, names: readonly Name[]): Promise<Map<Name, string>> {
    const outcomes = new Map<Name, string>();
    for (const name of names) {
      const stop = AbortSignal.timeout(5_000);
      const ask = client[name] as (input: unknown, signal: AbortSignal) => unknown;
      try {
        const answer = ask(inputs[name] ?? {}, stop);
        if (calls[name].kind === "call") await answer;
        else if (!ENDLESS.has(name)) await (answer as AsyncGenerator).next();
        else await firstOrNothing(answer as AsyncGenerator);
        outcomes.set(name, "answered");
      } catch (thrown) {
        outcomes.set(name, (thrown as { code?: string }).code ?? "unexpected");
      }
    }
    return outcomes;
  }

  const ALL = Object.keys(calls) as Name[];
  const allowed = (...groups: (keyof typeof MAY)[]): ReadonlySet<Name> =>
    new Set(groups.flatMap((group) => MAY[group]));
  const tried = ALL.filter((name) => !name.startsWith("users.sign") && name !== "changes.watch");

  async function expectOnly(client: Client<Calls>, may: ReadonlySet<Name>, refusal: string): Promise<void> {
    const outcomes = await tryAll(client, tried);
    const refused = [...outcomes].filter(([, code]) => REFUSALS.has(code)).map(([name]) => name);
    expect(refused.toSorted()).toEqual(tried.filter((name) => !may.has(name)).toSorted());
    for (const name of refused) expect([name, outcomes.get(name)]).toEqual([name, refusal]);
    const wrong = [...outcomes].filter(([, code]) => code === "INTERNAL" || code === "unexpected");
    expect(wrong).toEqual([]);
  }

  test("is declared, and stands in what is tried here", () => {
    expect(Object.keys(REQUIREMENTS).toSorted()).toEqual(ALL.toSorted());
    for (const name of Object.values(MAY).flat()) expect(ALL).toContain(name);
  });

  test("is refused while nobody is signed in, but for those that lead there", async () => {
    await expectOnly(hospitals.page(), allowed("anyone"), "SIGN_IN_NEEDED");
  });

  test("is refused to a data analyst where it shows identity or administers", async () => {
    await expectOnly(await hospitals.as("anna"), allowed("anyone", "signedIn"), "NOT_ALLOWED");
  });

  test("is refused to a provider where it administers", async () => {
    await expectOnly(await hospitals.as("piet"), allowed("anyone", "signedIn", "identified"), "NOT_ALLOWED");
  });

  test("is answered to an administrator", async () => {
    await expectOnly(await hospitals.as("head"), new Set(ALL), "NOT_ALLOWED");
  });

  test("that is refused stands in the audit log with who and which, and nothing of what was asked", async () => {
    const administrator = await hospitals.as("head");
    const anna = await hospitals.as("anna");
    await expect(anna["find.patients"]({ text: "Müller" })).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    await expect(anna["find.facets"]({ text: "Müller" })).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    const { rows } = await administrator["audit.list"]({ action: "refused" });
    expect(rows[0]).toMatchObject({ user: "anna", result: "refused", reason: "find.facets (analyst)", subjects: [] });
    expect(rows[1]).toMatchObject({ user: "anna", reason: "find.patients (analyst)" });
    expect(JSON.stringify(rows)).not.toContain("Müller");
    expect(await administrator["audit.verify"]({})).toMatchObject({ ok: true });
  });

  test("that nobody declared is for administrators", async () => {
    const { workshop } = hospitals;
    const workspace = await openWorkspace(workshop.folder, () => ({ kind: "key-file", path: workshop.keyFile }), {
      readOnly: true,
    });
    const guard = new Guard({ workspace: () => workspace, now: () => new Date(), locksWhenIdle: false });
    const session = guard.begin();
    const { "new.call": ask } = guard.over(
      { "new.call": (_input: unknown, _signal: AbortSignal) => "secret" },
      session,
    );
    try {
      for (const [name, answer] of [
        ["anna", undefined],
        ["piet", undefined],
        ["head", "secret"],
      ] as const) {
        session.signIn(getAccount(workspace.catalog, name), new Date());
        const asked = (): unknown => ask(undefined, new AbortController().signal);
        if (answer === undefined) expect(asked).toThrow(/role/u);
        else expect(asked()).toBe(answer);
      }
    } finally {
      workspace.close();
    }
  });
});

/** Streams that may have nothing to say for ever. */
const ENDLESS: ReadonlySet<Name> = new Set(["jobs.progress"]);

async function firstOrNothing(values: AsyncGenerator): Promise<void> {
  await values.next();
  await values.return(undefined);
}

/** Inputs that are valid and do nothing: what they name is not there. */
function inputsIn(root: string): Partial<Record<Name, unknown>> {
  const name = { name: "nowhere" };
  const id = { id: "999999" };
  const path = { path: join(root, "nowhere") };
  const file = { name: "nowhere", file: join(root, "nowhere", "file"), passphrase: "x" };
  const notes = {
    kind: "notes",
    version: 1,
    selection: { sources: ["nowhere"] },
    policy: {
      ids: "pseudonym",
      key: "nokey",
      asOf: "note",
      statusLabels: "english",
      ages: "exact",
      recordNumber: "drop",
      text: "drop",
    },
    format: "folder",
    compress: 0,
    formulas: "guard",
    destination: join(root, "nowhere"),
  };
  const imaging = {
    kind: "imaging",
    version: 1,
    selection: {
      scope: "matching",
      of: "studies",
      filter: { sources: ["nowhere"] },
      exceptPatients: [],
      exceptStudies: [],
    },
    policy: { kind: "pseudonymised", key: "nokey", options: [] },
    images: true,
    previews: false,
    format: "folder",
    compress: 0,
    grouping: "one",
    destination: join(root, "nowhere"),
  };
  const quality = {
    kind: "quality",
    version: 1,
    selection: { sources: ["nowhere"] },
    format: "folder",
    compress: 0,
    destination: join(root, "nowhere"),
    key: "nokey",
    expect: [],
  };
  const fhir = {
    kind: "fhir",
    version: 1,
    selection: { sources: ["nowhere"] },
    policy: {
      kind: "pseudonymised",
      key: "nokey",
      dates: "shift",
      birth: "year",
      text: "drop",
      phones: "remove",
      images: "exclude",
      withoutConsent: "exclude",
    },
    format: "folder",
    compress: 0,
    layout: "ndjson",
    gzip: false,
    destination: join(root, "nowhere"),
  };
  const source = { kind: "folder", config: { path: join(root, "nowhere") } };
  const study = { studyInstanceUid: "9", patientId: "9", issuer: "" };
  const next = "another long password";
  return {
    "workspace.changePassphrase": { current: "x", next: "y" },
    "shell.chooseFolder": { title: "x" },
    "shell.chooseFile": { title: "x", purpose: "open" },
    "shell.reveal": path,
    "shell.dragOut": path,
    "folders.list": path,
    "folders.make": { ...path, name: "x" },
    "settings.set": { density: "comfortable" },
    "keys.new": { name: "" },
    "keys.export": file,
    "keys.import": file,
    "keys.crosswalk": file,
    "keys.openCrosswalk": { file: file.file, passphrase: "x" },
    "audit.export": { file: file.file },
    "packages.verify": path,
    "packages.copy": { ...path, destination: root },
    "packages.receipt": path,
    "packages.forget": path,
    "files.deidentify": { paths: [path.path], destination: path.path, key: "nokey", options: [] },
    // Other pages of the account are signed out by it.
    "users.changePassword": { current: PASSWORD, next: PASSWORD },
    "users.add": { name: "!", role: "analyst", password: next },
    "users.role": { ...name, role: "analyst" },
    "users.remove": name,
    "users.setPassword": { ...name, password: next },
    "users.assign": name,
    "users.bindSource": { source: "nowhere", organization: null },
    "sources.add": { ...source, name: "" },
    "sources.edit": name,
    "sources.check": name,
    "sources.test": source,
    "sources.choices": source,
    "sources.remove": name,
    "sources.sync": name,
    "sources.watch": name,
    "sources.cancelSync": name,
    "sources.problems": name,
    "sourceFiles.mapping": { kind: "csv", of: { name: "nowhere" } },
    "sourceFiles.certificate": path,
    "sourceAuth.publicKeys": name,
    "sourceAuth.makeKey": name,
    "sourceAuth.signIn": name,
    "find.study": study,
    "find.instances": { ...study, seriesInstanceUid: "9" },
    "find.tags": { instance: 999_999 },
    "records.note": { id: 999_999 },
    "resources.show": { row: 999_999 },
    "resources.consents": { source: "nowhere", patient: "9" },
    "exports.plan": notes,
    "exports.review": { recipe: imaging, index: 0 },
    "exports.examine": { recipe: imaging },
    "exports.reviewTable": { recipe: notes, offset: 0 },
    "exports.examineText": { recipe: notes },
    "exports.reviewResource": { recipe: fhir, index: 0 },
    "exports.countResources": { recipe: fhir },
    "views.check": { text: "" },
    "views.preview": { recipe: fhir, limit: 1 },
    "quality.examine": { recipe: quality },
    "quality.rows": { recipe: quality, table: "outliers" },
    "exports.start": { recipe: notes },
    "recipes.save": { name: "", recipe: { ...notes, selection: {} } },
    "recipes.remove": name,
    "jobs.show": id,
    "jobs.recipe": id,
    "jobs.resume": id,
    "jobs.pause": id,
    "jobs.retry": id,
    "jobs.log": id,
    "jobs.remove": id,
    "jobs.watch": id,
    "jobs.cancel": id,
  };
}

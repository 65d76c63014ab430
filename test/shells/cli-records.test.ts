import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openWorkspace } from "../../src/main/access/workspace.ts";
import { addRecordsSource, aNote, anExam, aPatient, syncRecords } from "../catalog/new-records.ts";
import { readTable } from "../exports/table-file.ts";
import { changeCatalog } from "../jobs/records-workshop.ts";
import { createWorkshop, openWorkshop, type Workshop } from "../jobs/workshop.ts";
import { EQMD_CSV_HEADER } from "../support/eqmd-csv.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

/** What the command line says and does of records, over a catalog that is filled already. */
describe("records on the command line", () => {
  const root = temporaryDirectory("cli-records");
  let workshop: Workshop;
  const file = (name: string): string => join(root, name);
  const errorOf = ({ stdout }: { stdout: string }): { code: string; message: string; next?: string } =>
    (JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as { error: never }).error;

  beforeAll(async () => {
    workshop = await createWorkshop(root);
    await changeCatalog(workshop, (catalog) =>
      syncRecords(catalog, addRecordsSource(catalog), (target) => {
        target.putPatient(aPatient("p1", { name: "Ana Prado Siqueira", ward: "UTI" }));
        target.putNote(aNote("n1", "p1", { content: "Ana Prado acompanhada de Zulmira Brandão Tavares." }));
        target.putNote(aNote("n2", "p1", { kind: "simple-note" }));
        target.putExam(anExam("E1", { patient_name: "Ana Prado Siqueira", exam_description: "Ana Prado, controle" }));
      }),
    );
  });

  it.each([
    [["notes", "--ids", "source"], "--reason"],
    [["notes", "--reason", "because"], "--reason"],
    [["notes", "--text", "blur"], "keep, drop or scrub"],
    [["notes", "--status", "sleeping"], "inpatient"],
    [["notes", "--as-of", "yesterday"], "note or now"],
    [["notes", "--from", "31/01/2026"], "2026-01-31"],
    [["notes", "--ward", ""], "--ward"],
    [["notes", "a.csv", "--to", "b"], "not both"],
    [["notes", "--package", "zip"], "--to"],
    [["notes", "--to", "x", "--with-description"], "--with-description"],
    [["notes", "--show-text"], "--review"],
    [["notes", "--ward", "Nowhere"], "UTI"],
    [["studies", "--policy", "identified", "--key", "lung"], "--key"],
    [["studies", "--columns", "exam_id,exam_id"], "twice"],
    [["studies", "--to", ""], "--to"],
  ])("refuses %j and says what to do", async (args, said) => {
    const result = await workshop.satchel("export", ...args);
    const { code, message, next } = errorOf(result);
    expect(code).toBe("USAGE");
    expect(result.exitCode).toBe(2);
    expect(`${message} ${next ?? ""}`).toContain(said);
  });

  it.each([
    [["postgres", "postgres://eqmd:hunter2@localhost/eqmd_db", "--mapping", "eqmd"], "password"],
    [["postgres", "localhost", "--mapping", "eqmd"], "address"],
    [["mysql", "mysql://reader@localhost/db", "--mapping", "no-such-file.json"], "--mapping"],
    [["postgres", "postgres://r@localhost/db", "--mapping", "eqmd", "--password-env", "NOT_SET_ANYWHERE"], "NOT_SET"],
    [["postgres", "postgres://r@localhost/db", "--mapping", "eqmd", "--tls", "maybe"], "verify-full"],
    [["csv", "notes.csv", "--encoding", "ebcdic"], "windows-1252"],
  ])("refuses a source of %j, and repeats no password", async (args, said) => {
    const result = await workshop.satchel("source", "add", ...args, "--name", "new");
    const { code, message, next } = errorOf(result);
    expect(code).toBe("USAGE");
    expect(`${message} ${next ?? ""}`).toContain(said);
    expect(result.stdout + result.stderr).not.toContain("hunter2");
  });

  it("takes the only key there is and says so; with several it asks which", async () => {
    const made = await workshop.satchel("export", "notes", file("one-key.csv"));
    expect(made.exitCode).toBe(0);
    expect(made.stderr).toContain("project key lung");
    await workshop.satchel("key", "new", "other");
    const several = await workshop.satchel("export", "notes", file("two-keys.csv"));
    expect(errorOf(several)).toMatchObject({
      code: "KEY_NEEDED",
      next: expect.stringMatching(/lung.*other|other.*lung/) as string,
    });
    expect(existsSync(file("two-keys.csv"))).toBe(false);
  });

  it("makes a key where there is none and says so", async () => {
    const elsewhere = temporaryDirectory("cli-records-no-key");
    const keyFile = join(elsewhere, "workspace.key");
    writeFileSync(keyFile, randomBytes(32), { mode: 0o600 });
    const folder = join(elsewhere, "workspace");
    (await openWorkspace(folder, () => ({ kind: "key-file", path: keyFile }))).close();
    const fresh = openWorkshop(folder, keyFile);
    await changeCatalog(fresh, (catalog) =>
      syncRecords(catalog, addRecordsSource(catalog), (target) => target.putExam(anExam("E1"))),
    );
    const made = await fresh.satchel("export", "studies", file("made-key.csv"));
    expect(made.stderr).toMatch(/no project key: one named records was made/);
    expect(made.exitCode).toBe(0);
    expect(JSON.parse((await fresh.satchel("key", "list")).stdout)).toMatchObject([{ name: "records" }]);
  });

  it("exports daily notes alone unless other kinds are asked for", async () => {
    await workshop.satchel("export", "notes", file("daily.csv"), "--key", "lung");
    await workshop.satchel("export", "notes", file("both.csv"), "--key", "lung", "--kind", "daily-note", "simple-note");
    expect(readTable(file("daily.csv"))).toHaveLength(1);
    expect(readTable(file("both.csv"))).toHaveLength(2);
  });

  it("leaves a description beside the file where that is asked for", async () => {
    const made = await workshop.satchel("export", "studies", file("list.csv"), "--key", "lung", "--with-description");
    expect(made.exitCode).toBe(0);
    for (const name of ["list.csv", "list.datapackage.json", "list.codebook.md", "list.receipt.json"])
      expect(existsSync(file(name)), name).toBe(true);
    expect(readFileSync(file("list.csv"), "utf8")).not.toMatch(/Prado|M-E1/);
    expect((await workshop.satchel("verify", file("list.csv"))).exitCode).toBe(0);
  });

  it("says what would be made and makes nothing", async () => {
    const { exitCode, stdout } = await workshop.satchel(
      "export",
      "notes",
      file("dry.csv"),
      "--key",
      "lung",
      "--dry-run",
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ plan: { packages: [{ name: "dry.csv", rows: 1, exists: false }] } });
    expect(existsSync(file("dry.csv"))).toBe(false);
  });

  it("saves a recipe, repeats it to the letter, and takes nothing beside it", async () => {
    const recipe = file("notes.json");
    const saved = await workshop.satchel(
      "export",
      "notes",
      file("from-recipe.csv"),
      "--key",
      "lung",
      "--record-number",
      "drop",
      "--save-recipe",
      recipe,
    );
    expect(saved.exitCode).toBe(0);
    expect(existsSync(file("from-recipe.csv"))).toBe(false);
    const beside = await workshop.satchel("export", "notes", "--recipe", recipe, "--text", "keep");
    expect(errorOf(beside)).toMatchObject({ code: "USAGE", message: expect.stringContaining("--text") as string });
    const other = await workshop.satchel("export", "studies", "--recipe", recipe);
    expect(errorOf(other)).toMatchObject({ code: "USAGE", next: expect.stringContaining("export notes") as string });
    expect((await workshop.satchel("export", "notes", "--recipe", recipe)).exitCode).toBe(0);
    expect(readTable(file("from-recipe.csv"))[0]).toMatchObject({ patient_record_number: "" });
  });

  it("lists the riskiest notes without a word of their text, unless that is asked for", async () => {
    const quiet = await workshop.satchel("export", "notes", "--key", "lung", "--review");
    expect(quiet.exitCode).toBe(0);
    expect(quiet.stdout + quiet.stderr).not.toMatch(/Zulmira|Prado|acompanhada/);
    const shown = await workshop.satchel("export", "notes", "--key", "lung", "--review", "--show-text");
    const last = (stdout: string): unknown => JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
    expect(last(quiet.stdout)).toMatchObject({ total: 1, changed: 1 });
    const { riskiest } = last(shown.stdout) as { riskiest: { text: string }[] };
    expect(riskiest.every(({ text }) => !text.includes("Prado"))).toBe(true);
  });

  it("says at once that a file's time zone was guessed, and with whom its patients are linked", async () => {
    const notes = file("handed-over.csv");
    writeFileSync(notes, EQMD_CSV_HEADER);
    const add = (...args: string[]) => workshop.satchel("source", "add", "csv", notes, ...args);
    const guessed = await add("--name", "guessed");
    expect(guessed.stderr).toMatch(
      /time zone of the hospital was not given: [^]*Give the source the hospital's time zone/,
    );
    expect(JSON.parse(guessed.stdout)).toMatchObject({ config: { issuer: "source:guessed" } });
    const given = await add("--name", "given", "--time-zone", "America/Bahia", "--issuer", "");
    expect(given.stderr).not.toContain("time zone");
    expect(JSON.parse(given.stdout)).toMatchObject({ config: { issuer: "" } });
  });

  it("refuses a mapping that is no JSON by its name and not by its text", async () => {
    writeFileSync(file("mapping.json"), "{ secret text");
    const result = await workshop.satchel(
      "source",
      "add",
      "sqlite",
      file("x.sqlite"),
      "--mapping",
      file("mapping.json"),
      "--name",
      "mine",
    );
    expect(errorOf(result)).toMatchObject({ code: "USAGE", message: "The mapping is not valid JSON." });
    expect(result.stdout).not.toContain("secret text");
  });
});

import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { makeDemoHospital, type DemoSummary } from "../../src/main/demo/make-demo-hospital.ts";
import { projectRoot, runCommand } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const COMMAND_LINE = join(projectRoot, "src", "main", "shells", "cli", "index.ts");

/** Each step of the way, as a user types it, over one workspace: the steps follow one another. */
describe("the command line", () => {
  let folder: string;
  let hospital: DemoSummary;

  const satchel = (args: string[], environment: Record<string, string> = {}) =>
    runCommand(process.execPath, [COMMAND_LINE, "--workspace", join(folder, "workspace"), ...args], {
      env: { ...process.env, SATCHEL_PASSPHRASE: "correct horse", ...environment },
    });
  const json = async (args: string[]) => {
    const { stdout } = await satchel(["--json", ...args]);
    const documents = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    return documents.at(-1) as never;
  };

  beforeAll(async () => {
    folder = temporaryDirectory("cli");
    hospital = await makeDemoHospital(join(folder, "hospital"), { size: "small" });
  });

  it("teaches by example and documents its exit codes", async () => {
    const { exitCode, stdout } = await satchel(["--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("satchel demo");
    expect(stdout).toMatch(/0 done.*3 incomplete.*4 verification failed.*5 in use.*130 cancelled/);
    expect((await satchel(["export", "imaging", "--help"])).stdout).toContain("Retain UIDs");
  });

  it.each([
    [["frobnicate"], 2],
    [["export", "imaging", "--to", "x"], 2],
    [["export", "imaging", "--all", "--to", "x", "--policy", "pseudonymised"], 1],
    [["find", "studies", "--from", "yesterday"], 2],
    [["source", "add", "orthanc", "http://localhost", "--name", "o", "--user", "u"], 2],
  ])("says what is wrong with %j", async (args, exitCode) => {
    const result = await satchel(args);
    expect(result.exitCode).toBe(exitCode);
    expect(result.stderr).not.toContain("INTERNAL");
    expect(result.stderr.trim()).not.toBe("");
  });

  it("says that there is no workspace yet rather than making one by a look", async () => {
    const elsewhere = join(folder, "elsewhere");
    const result = await satchel(["--workspace", elsewhere, "jobs", "list"]);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain("NOT_FOUND");
    expect(existsSync(elsewhere)).toBe(false);
  });

  it("adds, checks and syncs a folder, and lists the broken file with its reason", async () => {
    expect((await satchel(["source", "add", "folder", hospital.folder, "--name", "hospital"])).exitCode).toBe(0);
    expect((await satchel(["source", "add", "folder", hospital.folder, "--name", "HOSPITAL"])).stderr).toContain(
      "already",
    );
    expect((await satchel(["source", "check", "hospital"])).exitCode).toBe(0);
    const sync = await satchel(["sync"]);
    expect(sync.exitCode).toBe(3);
    expect(sync.stdout).toContain(`${hospital.instances} new`);
    expect(sync.stdout).toContain(hospital.brokenFile);
    const again = (await json(["sync", "hospital"])) as { result: Record<string, unknown> };
    expect(again.result).toMatchObject({ added: 0, changed: 0, unchanged: hospital.instances, complete: true });
  });

  it("refuses a wrong passphrase and harms nothing", async () => {
    const wrong = await satchel(["source", "list"], { SATCHEL_PASSPHRASE: "wrong" });
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stderr).toContain("WRONG_KEY");
    expect((await satchel(["source", "list"])).stdout).toContain("hospital");
  });

  it("finds by part of a name, modality and date", async () => {
    const all = (await json(["find", "patients"])) as { total: number };
    expect(all.total).toBe(hospital.patients);
    const found = (await json(["find", "patients", "--text", "must"])) as { rows: { name: string }[] };
    expect(found.rows.map(({ name }) => name).join()).toContain("Mustermann");
    const japanese = (await json(["find", "studies", "--text", "山田"])) as { total: number };
    expect(japanese.total).toBeGreaterThan(0);
    const mr = (await json(["find", "studies", "--modality", "MR", "--limit", "1"])) as {
      rows: { modality: string }[];
    };
    expect(mr.rows).toHaveLength(1);
    expect(mr.rows[0]?.modality).toContain("MR");
    expect((await json(["find", "studies", "--to", "1950-01-01"])) as object).toMatchObject({ total: 0 });
  });

  it("plans without writing, then exports, verifies, and never overwrites", async () => {
    const to = join(folder, "packages");
    const study = hospital.studies.find(({ modalities }) => modalities.includes("MR"));
    const args = ["export", "imaging", "--study", study?.studyInstanceUid ?? "", "--to", to, "--policy", "identified"];
    const dry = (await json([...args, "--dry-run"])) as { plan: { packages: { instances: number }[] } };
    expect(dry.plan.packages).toMatchObject([{ instances: study?.instances, exists: false }]);
    expect(existsSync(to)).toBe(false);

    const made = await satchel(args);
    expect(made.exitCode).toBe(0);
    expect(readdirSync(to)).toEqual([`study_${study?.studyInstanceUid}_export.zip`]);
    const [name = ""] = readdirSync(to);
    expect((await satchel(["verify", join(to, name)])).stdout).toMatch(/(\d+) of \1 files verified/);

    const again = await satchel(args);
    expect(again.exitCode).toBe(1);
    expect(again.stderr).toContain("ALREADY_EXISTS");

    const damaged = readFileSync(join(to, name));
    damaged[damaged.length >> 1]! ^= 1;
    writeFileSync(join(to, "damaged.zip"), damaged);
    const verified = await satchel(["verify", join(to, "damaged.zip")]);
    expect(verified.exitCode).toBe(4);
    expect(verified.stdout).toContain("NOT VERIFIED");
  });

  it("makes, lists, exports and imports project keys; two workspaces with one key give one pseudonym", async () => {
    expect((await satchel(["key", "new", "lung"])).exitCode).toBe(0);
    expect((await satchel(["key", "new", "lung"])).stderr).toContain("ALREADY_EXISTS");
    const file = join(folder, "lung.key");
    const pass = { KEY_PASS: "file passphrase" };
    expect(
      (await satchel(["key", "export", "lung", "--file", file, "--file-passphrase-env", "KEY_PASS"], pass)).exitCode,
    ).toBe(0);
    const other = ["--workspace", join(folder, "other")];
    const imported = await satchel(
      [...other, "key", "import", "lung", "--file", file, "--file-passphrase-env", "KEY_PASS"],
      pass,
    );
    expect(imported.exitCode).toBe(0);
    expect(
      (
        await satchel([...other, "key", "import", "l2", "--file", file, "--file-passphrase-env", "KEY_PASS"], {
          KEY_PASS: "no",
        })
      ).stderr,
    ).toContain("WRONG_KEY");
    const here = (await json(["key", "list"])) as { fingerprint: string }[];
    const there = (await json([...other, "key", "list"])) as { fingerprint: string }[];
    expect(there[0]?.fingerprint).toBe(here[0]?.fingerprint);
    expect(readFileSync(file, "utf8")).not.toContain("secret");
  });

  it("de-identifies files into files, naming neither input nor patient", async () => {
    const to = join(folder, "deidentified");
    const result = await satchel(["deidentify", join(hospital.folder, "DICOM"), "--to", to, "--key", "lung"]);
    expect(result.exitCode).toBe(3);
    expect(result.stdout).toContain("1 failed");
    expect(`${result.stdout}${result.stderr}`).not.toMatch(/Mustermann|PA0000/);
    const written = readdirSync(to, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith(".dcm"));
    expect(written.length).toBeGreaterThan(100);
    expect(written.every((name) => /^2\.25\.\d+[/\\]2\.25\.\d+\.dcm$/.test(name))).toBe(true);
    expect((await satchel(["deidentify", hospital.folder, "--to", to, "--key", "lung"])).stderr).toContain(
      "ALREADY_EXISTS",
    );
  });

  it("repeats a recipe", async () => {
    const recipe = join(folder, "recipe.json");
    const args = [
      "export",
      "imaging",
      "--all",
      "--to",
      join(folder, "first"),
      "--key",
      "lung",
      "--option",
      "modified-dates",
    ];
    expect((await satchel([...args, "--save-recipe", recipe])).exitCode).toBe(0);
    const time = ["--exported-at", "2026-01-02T03:04:05.000Z"];
    for (const to of ["first", "second"]) {
      const run = await satchel(["export", "imaging", "--recipe", recipe, "--to", join(folder, to), ...time]);
      expect(run.stderr).not.toContain("INTERNAL");
      expect(run.exitCode).toBe(0);
    }
    const [first, second] = ["first", "second"].map((to) => readFileSync(join(folder, to, "complete_export.zip")));
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
  });

  it("keeps an audit record of each export and sees that none was changed", async () => {
    const rows = (await json(["audit", "list"])) as { action: string; result: string }[];
    expect(rows.filter(({ action }) => action === "export imaging").length).toBeGreaterThanOrEqual(3);
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(["export key", "deidentify"]));
    const verified = await satchel(["audit", "verify"]);
    expect(verified.exitCode).toBe(0);
    expect(verified.stdout).toContain("the chain is whole");
  });

  it("opens with a key file only its owner can read", async () => {
    const keyFile = join(folder, "workspace.key");
    writeFileSync(keyFile, Buffer.alloc(32, 7), { mode: 0o600 });
    const args = ["--workspace", join(folder, "by-key"), "--key-file", keyFile, "key", "new", "k"];
    expect((await satchel(args)).exitCode).toBe(0);
    chmodSync(keyFile, 0o644);
    expect((await satchel([...args.slice(0, -1), "k2"])).stderr).toContain("chmod 600");
  });

  it("forgets a source and leaves its files alone", async () => {
    expect((await satchel(["source", "remove", "hospital"])).exitCode).toBe(0);
    expect((await json(["find", "studies"])) as object).toMatchObject({ total: 0 });
    expect(existsSync(join(hospital.folder, hospital.brokenFile))).toBe(true);
  });
});

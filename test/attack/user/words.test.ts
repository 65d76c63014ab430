import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { makeDemoHospital, type DemoSummary } from "../../../src/main/demo/make-demo-hospital.ts";
import { projectRoot, runCommand } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const COMMAND_LINE = join(projectRoot, "src", "main", "shells", "cli", "index.ts");

/** A hurried clerk and a careless script, over one workspace opened by a key file. */
describe("A person who mistypes", () => {
  let folder: string;
  let hospital: DemoSummary;
  let patient: string;

  const raw = (args: readonly string[], env: Record<string, string | undefined> = {}) =>
    runCommand(process.execPath, [COMMAND_LINE, ...args], { cwd: folder, env, timeout: 20_000 });
  const satchel = (args: readonly string[], env?: Record<string, string | undefined>) =>
    raw(["--workspace", "workspace", "--key-file", "workspace.key", ...args], env);

  beforeAll(async () => {
    folder = temporaryDirectory("clerk");
    writeFileSync(join(folder, "workspace.key"), Buffer.alloc(32, 5), { mode: 0o600 });
    hospital = await makeDemoHospital(join(folder, "hospital"), { size: "small" });
    patient = hospital.studies[0]?.patientId ?? "";
    await satchel(["source", "add", "folder", "hospital", "--name", "hospital"]);
    await satchel(["sync"]);
    await satchel(["key", "new", "lung"]);
  });

  it.each([
    [["frobnicate"]],
    [[]],
    [["find", "studies", "--bogus"]],
    [["find", "studies", "--limit", "many"]],
    [["find", "studies", "--from", "yesterday"]],
    [["find", "studies", "--from", "2026-02-01", "--to", "2026-01-01"]],
    [["audit", "list", "--limit", "-1"]],
    [["jobs", "show", "abc"]],
    [["verify", ""]],
    [["source", "add", "folder", "", "--name", "here"]],
    [["deidentify", "", "--to", "out", "--key", "lung"]],
    [["export", "imaging", "--all", "--to", "", "--policy", "identified"]],
    [["export", "imaging", "--all", "--to", "out", "--policy", "Identified", "--key", "lung"]],
    [["export", "imaging", "--all", "--to", "out", "--policy", "identified", "--compress", ""]],
    [["export", "imaging", "--all", "--to", "out", "--policy", "identified", "--exported-at", "noon"]],
    [["export", "imaging", "--study", "1.2", "--issuer", "X", "--to", "out", "--policy", "identified"]],
  ])("is told what is wrong with %j, as one JSON document where JSON is wanted", async (args) => {
    const { exitCode, stdout } = await satchel(["--json", ...args]);
    expect(exitCode).toBe(2);
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
    expect(error.code).toBe("USAGE");
    expect(error.message).toMatch(/^\p{Lu}.*[.?]$|^--.*[.?]$/su);
    expect(error.message).not.toMatch(/NaN|expected number|discriminator|-1/);
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  it("gets help and version as JSON too", async () => {
    expect(JSON.parse((await raw(["--json", "find", "studies", "--help"])).stdout)).toHaveProperty("help");
    expect(JSON.parse((await raw(["--json", "--version"])).stdout)).toHaveProperty("version");
  });

  it("makes no workspace by a mistyped --workspace", async () => {
    for (const args of [["sync"], ["key", "export", "lung", "--file", "x"], ["jobs", "resume", "1"]]) {
      const { exitCode, stderr } = await raw(["--workspace", "wrokspace", "--key-file", "workspace.key", ...args]);
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining("There is no workspace yet")]);
    }
    expect(existsSync(join(folder, "wrokspace"))).toBe(false);
  });

  it("keeps its workspace in the home folder where XDG_DATA_HOME is empty or relative", async () => {
    for (const XDG_DATA_HOME of ["", "data"]) {
      const home = join(folder, `home${XDG_DATA_HOME}`);
      mkdirSync(home);
      await raw(["key", "new", "k", "--key-file", "workspace.key"], { HOME: home, XDG_DATA_HOME });
      expect(existsSync(join(home, ".local", "share", "satchel", "workspace.json"))).toBe(true);
    }
    expect(existsSync(join(folder, "satchel"))).toBe(false);
  });

  it("hears at once that a source is not there", async () => {
    const { stderr, stdout } = await satchel(["source", "add", "folder", "hospitla", "--name", "typo"]);
    expect(stderr).toContain("cannot be opened");
    expect(stdout).not.toContain("Next");
    await satchel(["source", "remove", "typo"]);
  });

  it("cannot let packages fall into the workspace or a source, not even through a link", async () => {
    execFileSync("ln", ["-s", "hospital", join(folder, "link")]);
    const before = readdirSync(join(folder, "hospital"));
    for (const to of ["workspace/scratch", "hospital/new/er", "link"]) {
      for (const dry of [[], ["--dry-run"]]) {
        const args = ["export", "imaging", "--patient", patient, "--to", to, "--policy", "identified", ...dry];
        const { exitCode, stderr } = await satchel(args);
        expect([exitCode, stderr]).toEqual([2, expect.stringContaining("The destination lies in")]);
      }
    }
    const files = await satchel(["deidentify", "hospital", "--to", "hospital/out", "--key", "lung"]);
    expect(files.exitCode).toBe(2);
    expect(readdirSync(join(folder, "hospital"))).toEqual(before);
  });

  it("cannot take an identified recipe for a pseudonymised export", async () => {
    const recipe = ["--recipe", "recipe.json"];
    const to = ["--to", "never"];
    const saved = ["--patient", patient, "--policy", "identified", "--save-recipe", "recipe.json", "--to", "there"];
    expect((await satchel(["export", "imaging", ...saved])).exitCode).toBe(0);
    for (const extra of [
      ["--policy", "pseudonymised"],
      ["--key", "lung"],
      ["--option", "retain-uids"],
      ["--no-images"],
    ]) {
      const { exitCode, stderr } = await satchel(["export", "imaging", ...recipe, ...to, ...extra]);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining("--recipe")]);
    }
    expect(existsSync(join(folder, "never"))).toBe(false);
    const { destination } = JSON.parse(readFileSync(join(folder, "recipe.json"), "utf8")) as { destination: string };
    expect(destination).toBe(join(folder, "there"));
  });

  it("may give hostile recipes without harm", async () => {
    const good = JSON.parse(readFileSync(join(folder, "recipe.json"), "utf8")) as Record<string, unknown>;
    const hostile: string[] = [
      `{"__proto__": {"kind": "imaging"}, ${JSON.stringify(good).slice(1)}`,
      JSON.stringify({ ...good, compress: 1e9 }),
      JSON.stringify({ ...good, destination: { toString: "x" } }),
      "[]",
      "null",
      "{",
      "",
    ];
    for (const [index, text] of hostile.entries()) {
      const file = `hostile-${index}.json`;
      writeFileSync(join(folder, file), text);
      const { exitCode, stderr } = await satchel(["export", "imaging", "--recipe", file]);
      expect([text, exitCode, stderr]).toEqual([text, 2, expect.stringContaining("[USAGE]")]);
    }
    expect((await satchel(["export", "imaging", "--recipe", "/dev/zero"])).exitCode).toBe(2);
  });

  it("reads a crosswalk again with its passphrase alone, and nothing without", async () => {
    const written = ["key", "crosswalk", "lung", "--file", "names.sealed", "--file-passphrase-env", "PASS"];
    expect((await satchel(written, { PASS: "two words" })).exitCode).toBe(0);
    const open = ["key", "crosswalk", "--open", "names.sealed", "--file-passphrase-env", "PASS"];
    const csv = (await raw(open, { PASS: "two words" })).stdout.trim().split("\n");
    expect(csv[0]).toBe("pseudonym,patientId,issuer,patientName");
    expect(csv).toHaveLength(1 + hospital.patients);
    expect(csv.join("\n")).toContain(patient);
    const refused = await raw(open, { PASS: "two wrods" });
    expect([refused.exitCode, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr).toContain("WRONG_KEY");
  });

  it("may close the pipe: what is done is done, without a stack trace", async () => {
    const command = `"$0" "$1" --workspace workspace --key-file workspace.key find studies 2>err | head -c 1 >/dev/null; cat err; exit "\${PIPESTATUS[0]}"`;
    const { exitCode, stdout } = await runCommand("bash", ["-c", command, process.execPath, COMMAND_LINE], {
      cwd: folder,
    });
    expect([exitCode, stdout]).toEqual([0, expect.not.stringMatching(/EPIPE|at /)]);
    const closed = `"$0" "$1" --workspace workspace --key-file workspace.key find studies 2>&- >&-`;
    expect((await runCommand("bash", ["-c", closed, process.execPath, COMMAND_LINE], { cwd: folder })).exitCode).toBe(
      0,
    );
    const deaf = `"$0" "$1" --workspace workspace --key-file workspace.key --json export imaging --patient ${patient} --to deaf --policy identified | true`;
    await runCommand("bash", ["-c", deaf, process.execPath, COMMAND_LINE], { cwd: folder });
    expect(readdirSync(join(folder, "deaf"))).toEqual([`patient_${patient}_export.zip`]);
  });

  it("cannot make verify wait for a pipe, or a file name speak to the terminal", async () => {
    execFileSync("bash", ["-c", `mkfifo "$0"`, join(folder, "pipe")]);
    const { exitCode, stdout } = await raw(["verify", "pipe"]);
    expect([exitCode, stdout]).toEqual([4, expect.stringContaining("NOT_A_PACKAGE")]);
    const package_ = join(folder, "package");
    mkdirSync(package_);
    writeFileSync(join(package_, "evil\u001b]0;owned\u0007\u202egnp.txt"), "");
    const named = await raw(["verify", "package"]);
    for (const character of "\u001b\u0007\u202e") expect(named.stdout + named.stderr).not.toContain(character);
  });

  it("is told what is wrong with a folder for the demo, and a demo that was stopped begins anew", async () => {
    writeFileSync(join(folder, "file"), "");
    const refused = await raw(["demo", "--to", "file"]);
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining("WRITE_FAILED")]);
    const stopped = `"$0" "$1" demo --to demo & p=$!; for i in $(seq 200); do test -d demo/hospital.partial && break; sleep 0.02; done; kill -KILL $p; wait $p`;
    await runCommand("bash", ["-c", stopped, process.execPath, COMMAND_LINE], { cwd: folder });
    expect(existsSync(join(folder, "demo", "hospital"))).toBe(false);
  });

  it("leaves nothing that others may read in a workspace made under umask 000", async () => {
    const command = `umask 000; "$0" "$1" --workspace open --key-file workspace.key key new k`;
    await runCommand("bash", ["-c", command, process.execPath, COMMAND_LINE], { cwd: folder });
    expect(statSync(join(folder, "open")).mode & 0o777).toBe(0o700);
    for (const name of ["log", "scratch"]) expect(statSync(join(folder, "open", name)).mode & 0o077).toBe(0);
  });

  it("keeps what a second source holds too when the first is removed, but not while a job waits for it", async () => {
    await satchel(["source", "add", "folder", "link", "--name", "twin"]);
    await satchel(["sync", "twin"]);
    const count = async () =>
      JSON.parse((await satchel(["--json", "find", "patients"])).stdout) as {
        total: number;
        rows: { instances: number }[];
      };
    const before = await count();
    const args = ["--json", "export", "imaging", "--patient", patient, "--to", "halted", "--policy", "identified"];
    const killed = `"$0" "$1" --workspace workspace --key-file workspace.key "\${@:2}" >events & p=$!; while kill -0 $p 2>/dev/null && ! grep -q Starting events; do sleep 0.002; done; kill -KILL $p 2>/dev/null; wait $p`;
    await runCommand("bash", ["-c", killed, process.execPath, COMMAND_LINE, ...args], { cwd: folder });
    const refused = await satchel(["source", "remove", "hospital"]);
    const jobs = JSON.parse((await satchel(["--json", "jobs", "list"])).stdout) as { id: string; state: string }[];
    const job = jobs[0] ?? { id: "", state: "" };
    // The export may have been quicker than the kill.
    if (job.state === "interrupted") {
      expect([refused.exitCode, refused.stderr]).toEqual([
        2,
        expect.stringContaining(`job ${job.id} still reads from it`),
      ]);
      await satchel(["jobs", "cancel", job.id]);
      expect((await satchel(["source", "remove", "hospital"])).exitCode).toBe(0);
    } else expect(refused.exitCode).toBe(0);
    expect(await count()).toEqual(before);
    const again = await satchel(["export", "imaging", "--patient", patient, "--to", "twin", "--policy", "identified"]);
    expect(again.exitCode).toBe(0);
  });

  it("can cancel a sync with Ctrl-C and keeps what was read, without an entry in the log of errors", async () => {
    const many = join(folder, "many");
    mkdirSync(many);
    const source = join(folder, "hospital", hospital.studies[0]?.path ?? "", "SE000001", "IM000001");
    execFileSync("bash", ["-c", `for i in $(seq 4000); do ln "$0" "$1/$i"; done`, source, many]);
    await satchel(["source", "add", "folder", "many", "--name", "many"]);
    const command = `"$0" "$1" --workspace workspace --key-file workspace.key --json sync many >progress & p=$!; while kill -0 $p 2>/dev/null && ! grep -q progress progress; do sleep 0.01; done; kill -INT $p 2>/dev/null; wait $p; exit $?`;
    const { exitCode } = await runCommand("bash", ["-c", command, process.execPath, COMMAND_LINE], { cwd: folder });
    expect([0, 130]).toContain(exitCode);
    expect(readdirSync(join(folder, "workspace", "log"))).toEqual([]);
    expect((await satchel(["sync", "many"])).exitCode).toBe(0);
  });
});

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sourceFileHandlers } from "../../src/main/calls/source-files.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const folder = makeTemporaryDirectory("source-files");
const handlers = sourceFileHandlers();
const signal = new AbortController().signal;

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}
const mappingOf = async (kind: string, of: { name: string } | { path: string }) =>
  await handlers["sourceFiles.mapping"]({ kind, of }, signal);
const certificateOf = async (path: string) => await handlers["sourceFiles.certificate"]({ path }, signal);

const WARD_BOOK = {
  version: 1,
  name: "Ward book",
  holds: "notes",
  timeZone: "America/Bahia",
  columns: { patientId: "pid", noteId: "nid", at: "at", content: "text" },
};

describe("a mapping that is chosen in a form", () => {
  it("tells the time zone that holds where a person names no other", async () => {
    expect(await mappingOf("postgres", { name: "eqmd" })).toMatchObject({ mapping: "eqmd", timeZone: "America/Bahia" });
    expect(await mappingOf("csv", { name: "studies-platform" })).toMatchObject({ timeZone: "Asia/Shanghai" });
    await expect(mappingOf("mysql", { name: "auto" })).rejects.toMatchObject({ code: "USAGE" });
  });

  it("may be a file of the user's own, with or without a byte order mark", async () => {
    const path = write("own.json", `\ufeff${JSON.stringify(WARD_BOOK)}`);
    expect(await mappingOf("csv", { path })).toEqual({
      mapping: WARD_BOOK,
      name: "Ward book",
      timeZone: "America/Bahia",
      issuer: null,
      problems: [],
    });
  });

  it("has all its problems listed, each with its place, and not those of another shape", async () => {
    const { noteId: _noteId, ...columns } = WARD_BOOK.columns;
    const path = write("wrong.json", JSON.stringify({ ...WARD_BOOK, columns, timeZone: "Bahia", wards: 1 }));
    const { mapping, problems } = await mappingOf("csv", { path });
    expect(mapping).toBeNull();
    expect(problems.join("\n")).toMatch(/columns\.noteId/);
    expect(problems.join("\n")).toMatch(/timeZone: .*America\/Bahia/);
    expect(problems.join("\n")).toMatch(/wards/);
    expect(problems.join("\n")).not.toMatch(/exam_id/);
  });

  it("is refused in words where the file is no JSON, too large, a folder, missing or named by half a path", async () => {
    expect((await mappingOf("sqlite", { path: write("text.json", "patients: 1") })).problems).toEqual([
      "The file is not valid JSON.",
    ]);
    mkdirSync(join(folder, "a folder"), { recursive: true });
    await expect(mappingOf("sqlite", { path: join(folder, "a folder") })).rejects.toMatchObject({ code: "USAGE" });
    await expect(mappingOf("sqlite", { path: write("large.json", "x".repeat(4_194_305)) })).rejects.toMatchObject({
      code: "USAGE",
    });
    await expect(mappingOf("sqlite", { path: join(folder, "none.json") })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(mappingOf("sqlite", { path: "own.json" })).rejects.toMatchObject({ code: "USAGE" });
  });
});

describe("a certificate that is chosen in a form", () => {
  it("is named by whose it is and how long it holds, and nothing beside it in the file is kept", async () => {
    const made = execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=Hospital authority",
        "-days",
        "30",
        "-keyout",
        "-",
      ],
      { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
    );
    expect(made).toContain("PRIVATE KEY");
    const { pem, certificates } = await certificateOf(write("ca.pem", made));
    expect(certificates).toHaveLength(1);
    expect(certificates[0]?.subject).toBe("CN=Hospital authority");
    expect(pem).toMatch(/^-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n$/);
  });

  it("is refused where the file holds none", async () => {
    await expect(certificateOf(write("no.pem", "-----BEGIN NONSENSE-----"))).rejects.toMatchObject({ code: "USAGE" });
    const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    await expect(certificateOf(write("broken.pem", broken))).rejects.toMatchObject({ code: "USAGE" });
  });
});

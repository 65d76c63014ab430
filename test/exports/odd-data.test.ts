import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import type { JobResult } from "../../src/contract/job.ts";
import { receipt as receiptSchema } from "../../src/contract/receipt.ts";
import type { ImagingRecipe } from "../../src/contract/recipe.ts";
import { describeInstance } from "../../src/main/dicom/describe.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { isSafePath } from "../../src/main/package/safe-name.ts";
import { contentsOf, createWorkshop, EXPORTED_AT, resultOf, type Workshop } from "../jobs/workshop.ts";
import { projectRoot, runChecked, runCommand } from "../support/run-command.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import {
  instanceFile,
  instanceHeader,
  JPEG_BASELINE,
  pixelDataHeader,
  trailingElement,
  type InstanceFile,
} from "./instance-file.ts";

const MIB = 1024 * 1024;

function folderForTest(): string {
  const folder = makeTemporaryDirectory("odd-data");
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function workshopOf(folder: string, files: readonly (InstanceFile | Buffer)[]): Promise<Workshop> {
  const source = join(folder, "source");
  mkdirSync(source);
  files.forEach((file, index) => {
    writeFileSync(join(source, `${index}.dcm`), Buffer.isBuffer(file) ? file : instanceFile(file));
  });
  return createWorkshop(folder, { folder: source });
}

async function run(workshop: Workshop, to: string, change: Partial<ImagingRecipe>): Promise<JobResult> {
  const { app, client } = await workshop.open();
  try {
    const recipe: ImagingRecipe = {
      kind: "imaging",
      version: 1,
      selection: { scope: "all" },
      policy: { kind: "identified" },
      images: true,
      previews: true,
      format: "folder",
      compress: 0,
      grouping: "each",
      destination: to,
      ...change,
    };
    const { jobId } = await client["exports.start"]({ recipe, exportedAt: EXPORTED_AT });
    return await resultOf(client, jobId);
  } finally {
    await app.close();
  }
}

const pseudonymised: ImagingRecipe["policy"] = { kind: "pseudonymised", key: "lung", options: [] };

describe("ids that may hold anything", () => {
  const ids =
    `../x|../../etc/passwd|..|.|CON|con.txt|NUL|a:b|a/b|a\\b|trailing.|trailing. .|🙂🙃|Twin|tWIN|TWIN|é|e\u0301|\u202egnp.exe|| |*?<>`
      .split("|")
      .concat("|", "A".repeat(300), `${"A".repeat(299)}B`);
  const files: InstanceFile[] = ids.map((id, index) => ({
    patientId: id,
    study: `1.2.3.${index + 1}`,
    instance: `1.2.3.${index + 1}.9`,
  }));

  test(
    "each becomes a package of its own inside the destination, by a name that every system can make",
    { timeout: 60_000 },
    async () => {
      const folder = folderForTest();
      const workshop = await workshopOf(folder, files);
      const distinct = new Set(
        await workshop.look(({ catalog }) => catalog.all<{ id: number }>("SELECT id FROM patient").map(({ id }) => id)),
      ).size;
      for (const policy of [{ kind: "identified" } as const, pseudonymised]) {
        for (const format of ["zip", "folder"] as const) {
          const to = join(folder, `${policy.kind}-${format}`, "deep", "deeper");
          const result = await run(workshop, to, { policy, format });
          expect(result.state).toBe("complete");
          expect(result.packages).toHaveLength(distinct);
          const names = readdirSync(to);
          expect(names).toHaveLength(distinct);
          for (const name of names) expect(isSafePath(name), name).toBe(true);
          expect(new Set(names.map((name) => name.normalize("NFKC").toLowerCase())).size).toBe(distinct);
          // Nothing beside the destination.
          expect(readdirSync(join(folder, `${policy.kind}-${format}`, "deep"))).toEqual(["deeper"]);
          expect(readdirSync(join(folder, `${policy.kind}-${format}`))).toEqual(["deep"]);
          expect(
            await notVerified(
              workshop,
              result.packages.map(({ path }) => path),
            ),
          ).toEqual([]);
        }
      }
      expect(distinct).toBeGreaterThan(18);
    },
  );

  test("the same Patient ID from two issuers is two patients: two packages, and two in one package for all", async () => {
    const folder = folderForTest();
    const workshop = await workshopOf(folder, [
      { patientId: "4711", issuer: "NORTH", name: "North^Nora", study: "1.2.5.1", instance: "1.2.5.1.1.1" },
      { patientId: "4711", issuer: "SOUTH", name: "South^Sue", study: "1.2.5.2", instance: "1.2.5.2.1.1" },
    ]);
    const each = await run(workshop, join(folder, "each"), {});
    expect(readdirSync(join(folder, "each"))).toHaveLength(2);
    expect(each.packages.every(({ instances }) => instances.exported === 1)).toBe(true);
    for (const policy of [{ kind: "identified" } as const, pseudonymised]) {
      const to = join(folder, policy.kind);
      await run(workshop, to, { policy, grouping: "one" });
      const files = contentsOf(join(to, "complete_export"));
      const document = JSON.parse(String(files["complete_data.json"])) as { patients: { patientID: string }[] };
      expect(document.patients).toHaveLength(2);
      if (policy.kind === "pseudonymised")
        expect(new Set(document.patients.map(({ patientID }) => patientID)).size).toBe(2);
    }
  });

  test("the list of patients has one row for each patient, whatever they share or are called by", async () => {
    const folder = folderForTest();
    const workshop = await workshopOf(folder, [
      // Namesakes born on one day, with one id from two issuers.
      { patientId: "7", issuer: "NORTH", name: "Doe^Jo", study: "1.2.4.1", instance: "1.2.4.1.1.1" },
      { patientId: "7", issuer: "SOUTH", name: "Doe^Jo", study: "1.2.4.2", instance: "1.2.4.2.1.1" },
      // One patient, under another name since her wedding.
      { patientId: "8", issuer: "NORTH", name: "Maiden^May", study: "1.2.4.3", instance: "1.2.4.3.1.1" },
      { patientId: "8", issuer: "NORTH", name: "Married^May", study: "1.2.4.4", instance: "1.2.4.4.1.1" },
    ]);
    await run(workshop, join(folder, "out"), { grouping: "one", previews: false });
    const files = contentsOf(join(folder, "out", "complete_export"));
    const document = JSON.parse(String(files["complete_data.json"])) as {
      patients: { patientID: string; studyCount: number }[];
      metadata: { totalPatients: number };
    };
    const receipt = receiptSchema.parse(JSON.parse(String(files["receipt.json"])));
    expect(document.patients.map(({ patientID, studyCount }) => [patientID, studyCount])).toEqual([
      ["7", 1],
      ["7", 1],
      ["8", 2],
    ]);
    expect(document.metadata.totalPatients).toBe(3);
    expect(receipt.counts.patients).toBe(3);
  });

  test("one Study Instance UID under two patients is two studies: neither's files are among the other's", async () => {
    const folder = folderForTest();
    const workshop = await workshopOf(folder, [
      { patientId: "A", name: "First^Fay", study: "1.2.6", series: "1.2.6.1", instance: "1.2.6.1.1" },
      { patientId: "B", name: "Second^Sid", study: "1.2.6", series: "1.2.6.2", instance: "1.2.6.2.1" },
    ]);
    for (const policy of [{ kind: "identified" } as const, pseudonymised]) {
      // Asked for by its UID alone nobody can tell whose is meant.
      const ambiguous = run(workshop, join(folder, `${policy.kind}-study`), {
        policy,
        selection: { scope: "studies", studies: ["1.2.6"] },
      });
      await expect(ambiguous).rejects.toMatchObject({ code: "USAGE" });
      const each = await run(workshop, join(folder, `${policy.kind}-each`), {
        policy,
        selection: { scope: "patients", patients: [{ id: "A" }, { id: "B" }] },
      });
      expect(each.packages.map(({ instances }) => instances.exported)).toEqual([1, 1]);
      await run(workshop, join(folder, `${policy.kind}-all`), { policy, grouping: "one" });
      const names = Object.keys(contentsOf(join(folder, `${policy.kind}-all`, "complete_export")));
      expect(names.filter((name) => name.endsWith("1.dcm"))).toHaveLength(2);
    }
  });

  test("numbers count through a study of several series, in series and instance order, with frames between", async () => {
    const folder = folderForTest();
    const study = "1.2.7";
    const files: InstanceFile[] = [2, 1].flatMap((series) =>
      [10, 9, 1].map((number) => ({
        patientId: "A",
        study,
        series: `${study}.${series}`,
        instance: `${study}.${series}.${number}`,
        number,
        ...(number === 9 ? { frames: 3 } : {}),
      })),
    );
    const workshop = await workshopOf(folder, files);
    await run(workshop, join(folder, "out"), { selection: { scope: "studies", studies: [study] } });
    const found = contentsOf(join(folder, "out", `study_${study}_export`));
    const { instances } = JSON.parse(String(found["study_data.json"])) as {
      instances: { sopInstanceUID: string; file: string; previews: string[] }[];
    };
    const numbers = instances.map(({ file }) => file);
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6].map((number) => `dicom/${number}.dcm`));
    expect(instances.flatMap(({ previews }) => previews)).toEqual(
      Array.from({ length: 10 }, (_, index) => `previews/frame_${index}.png`),
    );
    const order = instances.map(({ sopInstanceUID }) => sopInstanceUID.split(".").slice(-2).map(Number));
    expect(order.map(([, number]) => number)).toEqual([1, 9, 10, 1, 9, 10]);
  });
});

/** Verifies packages with one application; each starts workers of its own. @returns the paths that do not verify */
async function notVerified(workshop: Workshop, paths: readonly string[]): Promise<string[]> {
  const bad: string[] = [];
  const { app, client } = await workshop.open({ access: "read" });
  try {
    for (const path of paths) {
      for await (const event of client["packages.verify"]({ path })) {
        if (event.type === "result" && !event.ok) bad.push(path);
      }
    }
    return bad;
  } finally {
    await app.close();
  }
}

/** Writes a file whose pixel data are zeros that take no room on the disk. */
function writeSparse(path: string, head: Buffer, zeros: number, tail: Buffer = Buffer.alloc(0)): void {
  const fd = openSync(path, "wx");
  try {
    writeSync(fd, head);
    ftruncateSync(fd, head.length + zeros);
    writeSync(fd, tail, 0, tail.length, head.length + zeros);
  } finally {
    closeSync(fd);
  }
}

function sparseInstance(file: InstanceFile, bytes: number): Buffer {
  return Buffer.concat([instanceHeader(file), pixelDataHeader(bytes)]);
}

describe("instances too large to hold", () => {
  test(
    "native and encapsulated, with elements after the pixel data: identified bit for bit, pseudonymised with the same pixels",
    { timeout: 90_000 },
    async () => {
      const folder = folderForTest();
      const source = join(folder, "source");
      mkdirSync(source);
      const study = "1.2.8";
      const about = (index: number, frames: number): InstanceFile => ({
        patientId: "LARGE1",
        study,
        instance: `${study}.1.${index}`,
        number: index,
        frames,
        rows: 2048,
        columns: 2048,
      });
      writeSparse(
        join(source, "native"),
        sparseInstance(about(1, 5), 20 * MIB),
        20 * MIB,
        trailingElement("Example^Ann"),
      );
      writeSparse(join(source, "beyond-64"), sparseInstance(about(2, 17), 68 * MIB), 68 * MIB);
      // Encapsulated: an empty offset table, one fragment of 18 MiB, the end; what cannot be rendered is listed.
      const fragment = Buffer.from("feff00e000000000feff00e000002001", "hex");
      writeSparse(
        join(source, "encapsulated"),
        Buffer.concat([
          instanceHeader(about(3, 1), JPEG_BASELINE),
          Buffer.from("e07f10004f420000ffffffff", "hex"),
          fragment,
        ]),
        0x01200000,
        Buffer.concat([Buffer.from("feffdde000000000", "hex"), trailingElement("Example^Ann")]),
      );
      const workshop = await createWorkshop(folder, { folder: source });
      const identified = await run(workshop, join(folder, "identified"), { format: "zip" });
      expect(identified.state).toBe("complete");
      const unpacked = join(folder, "unpacked");
      await runChecked("unzip", ["-q", identified.packages[0]?.path ?? "", "-d", unpacked]);
      const sources = await sums(["native", "beyond-64", "encapsulated"].map((name) => join(source, name)));
      expect(await sums([1, 2, 3].map((n) => join(unpacked, "studies", study, `${n}.dcm`)))).toEqual(sources);
      expect(identified.packages[0]?.previews).toMatchObject({ expected: 23, exported: 22, failed: 1 });

      for (const [format, compress] of [
        ["zip", 0],
        ["folder", 0],
        ["zip", 1],
      ] as const) {
        const to = join(folder, `pseudonymised-${format}-${compress}`);
        const result = await run(workshop, to, { policy: pseudonymised, format, compress, previews: false });
        expect(result, format).toMatchObject({ state: "complete" });
        const place = format === "folder" ? (result.packages[0]?.path ?? "") : `${to}.unpacked`;
        if (format === "zip") await runChecked("unzip", ["-q", result.packages[0]?.path ?? "", "-d", place]);
        const large = Object.entries(contentsOf(place)).filter(([name]) => name.endsWith(".dcm"));
        expect(large).toHaveLength(3);
        for (const [name, bytes] of large) {
          expect(bytes.includes("Example^Ann"), name).toBe(false);
          expect(bytes.includes("LARGE1"), name).toBe(false);
          const part10 = walkPart10(bytes);
          expect(describeInstance(part10).patientId).not.toBe("LARGE1");
          // The trailing element of unknown group went, the zeros stayed.
          expect(bytes.length % 2).toBe(0);
          expect(bytes.length).toBeGreaterThan(18 * MIB);
        }
        expect(await notVerified(workshop, [result.packages[0]?.path ?? ""])).toEqual([]);
        receiptSchema.parse(JSON.parse(String(contentsOf(place)["receipt.json"])));
      }
    },
  );

  const CLI = join(projectRoot, "src", "main", "shells", "cli", "index.ts");
  const memory = [
    {
      what: "600 MB in files of 12 and 20 MiB, stored",
      sizes: [...Array<number>(25).fill(12), ...Array<number>(15).fill(20)],
      compress: 0,
    },
    { what: "8 files of 60 MiB, deflated", sizes: Array<number>(8).fill(60), compress: 1 },
  ];
  test.for(memory)("memory stays below 350 MB: $what", { timeout: 120_000 }, async ({ sizes, compress }) => {
    const folder = folderForTest();
    const source = join(folder, "source");
    mkdirSync(source);
    sizes.forEach((mib, index) => {
      const about = { patientId: "M", study: "1.2.9", instance: `1.2.9.1.${index + 1}`, number: index + 1 };
      writeSparse(
        join(source, `${index}`),
        sparseInstance({ ...about, rows: 1024, columns: 1024, frames: mib }, mib * MIB),
        mib * MIB,
      );
    });
    const workshop = await createWorkshop(folder, { folder: source });
    const to = join(folder, "out");
    const { exitCode, stderr } = await runCommand(
      process.execPath,
      [
        "--import",
        fileURLToPath(new URL("report-memory.ts", import.meta.url)),
        CLI,
        "--workspace",
        workshop.folder,
        "--key-file",
        workshop.keyFile,
      ]
        .concat(["--json", "export", "imaging", "--patient", "M", "--key", "lung", "--to", to, "--no-previews"])
        .concat(["--compress", String(compress)]),
      { timeout: 110_000 },
    );
    expect(exitCode, stderr).toBe(0);
    const peak = Number(/PEAK (\d+) kB/.exec(stderr)?.[1]) / 1024;
    expect(statSync(join(to, readdirSync(to)[0] ?? "")).size).toBeGreaterThan(compress === 0 ? 500 * MIB : 1000);
    expect(peak).toBeGreaterThan(30);
    expect(peak).toBeLessThan(350);
  });
});

async function sums(paths: readonly string[]): Promise<string[]> {
  const text = await runChecked("sha256sum", paths);
  const lines = text.trim().split("\n");
  expect(lines).toHaveLength(paths.length);
  return lines.map((line) => line.slice(0, 64));
}

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compare } from "../../bench/compare.ts";
import { ensureCorpus, listFiles } from "../../bench/corpus.ts";
import { measureCommand, median } from "../../bench/measure.ts";
import { allMet, formatReport } from "../../bench/report.ts";
import { runChecked, runCommand } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

describe("The benchmark's corpus", () => {
  const first = temporaryDirectory("corpus");
  const second = temporaryDirectory("corpus");
  const shape = { name: "test", instances: 12, matrix: 32, instancesPerSeries: 2 };

  it("is the same bytes wherever it is made, and all of its instances differ", () => {
    const digests = [first, second].map((cache) =>
      listFiles(ensureCorpus(cache, shape)).map((file) =>
        createHash("sha256").update(readFileSync(file)).digest("hex"),
      ),
    );
    expect(digests[0]).toHaveLength(shape.instances);
    expect(digests[0]).toEqual(digests[1]);
    expect(new Set(digests[0]).size).toBe(shape.instances);
  });

  it("is what dciodvfy takes for CT images, with about a hundred elements", async () => {
    const file = listFiles(ensureCorpus(first, shape))[0] as string;
    const { stderr } = await runCommand("dciodvfy", [file]);
    expect(stderr).toContain("CTImage");
    expect(stderr.split("\n").filter((line) => line.startsWith("Error"))).toEqual([]);
    const dump = await runChecked("dcmdump", [file]);
    expect(dump.match(/^\(/gm)?.length).toBeGreaterThan(100);
  });
});

describe("The benchmark's measurements", () => {
  const scratch = temporaryDirectory("bench");
  const comparison = { name: "n", title: "A : B", runs: 2, warmUps: 1, limit: 0.7 };

  it("hold the peak memory of children too", async () => {
    const script = "const held = Buffer.alloc(120e6, 1); setTimeout(() => process.exitCode = held[0] - 1, 400)";
    const run = `require("child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(script)}])`;
    const { peakBytes } = await measureCommand({ command: process.execPath, args: ["-e", run] });
    expect(peakBytes).toBeGreaterThan(120e6);
  });

  it("fail where the command fails, with its words", async () => {
    await expect(measureCommand({ command: "sh", args: ["-c", "echo no such luck >&2; exit 4"] })).rejects.toThrow(
      /ended with 4: no such luck/,
    );
  });

  it("take both sides in turn, each into an empty folder", async () => {
    const order: string[] = [];
    const side = (name: string) => ({
      name,
      prepare: (output: string) => {
        order.push(name);
        expect(listFiles(output)).toEqual([]);
      },
      commands: (output: string) => [{ command: "touch", args: [join(output, name)] }],
      check: (output: string) => expect(listFiles(output)).toHaveLength(1),
    });
    const outcome = await compare({ ...comparison, subject: side("A"), baseline: side("B") }, scratch);
    expect(order).toEqual(["B", "A", "B", "A", "B", "A"]);
    expect([outcome.subject.length, outcome.baseline.length], "warm-ups do not count").toEqual([2, 2]);
  });

  it.each([
    { ratio: 0.71, peakBytes: 100e6, met: false, line: /A : B +0\.71 +0\.70 +NO / },
    { ratio: 0.69, peakBytes: 100e6, met: true, line: /A : B +0\.69 +0\.70 +yes / },
    { ratio: 0.69, peakBytes: 351e6, met: false, line: /Peak memory 351 MB, limit 350 MB: NOT met/ },
  ])("keep their limits or not: ratio $ratio, $peakBytes bytes", ({ ratio, peakBytes, met, line }) => {
    const idle = { name: "idle", commands: () => [] };
    const outcome = {
      comparison: { ...comparison, subject: idle, baseline: idle },
      subject: [{ seconds: ratio, peakBytes }],
      baseline: [{ seconds: 1, peakBytes: 0 }],
      ratio,
    };
    expect(formatReport([outcome])).toMatch(line);
    expect(allMet([outcome])).toBe(met);
  });

  it("are summed up by the median", () => {
    expect(median([9, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 9])).toBe(3);
  });
});

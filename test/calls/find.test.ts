import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { Recipe } from "../../src/contract/recipe.ts";
import type { Client } from "../../src/contract/rpc.ts";
import { makeDemoHospital } from "../../src/main/demo/make-demo-hospital.ts";
import { resultOf, syncAll } from "../jobs/workshop.ts";
import { runCommand, projectRoot } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { openApp } from "./open-app.ts";

const code = (value: string) => expect.objectContaining({ code: value });

describe("the demo hospital", () => {
  const root = temporaryDirectory("find-calls");
  beforeAll(async () => {
    await makeDemoHospital(join(root, "hospital"), { size: "small" });
    mkdirSync(join(root, "out"));
  });

  async function open(): Promise<Client<Calls>> {
    const { app, client } = await openApp(root);
    onTestFinished(() => app.close());
    if ((await client["sources.list"]({})).length === 0) {
      await client["sources.add"]({ kind: "folder", name: "hospital", config: { path: join(root, "hospital") } });
      await syncAll(client, "hospital");
    }
    return client;
  }

  it("is counted the same by windows, facets and sources", async () => {
    const client = await open();
    const facets = await client["find.facets"]({});
    const studies = await client["find.studies"]({ limit: 1 });
    const patients = await client["find.patients"]({ limit: 1 });
    const [source] = await client["sources.list"]({});
    expect([facets.studies, facets.patients]).toEqual([studies.total, patients.total]);
    expect(source).toMatchObject({ studies: facets.studies, patients: facets.patients, instances: facets.instances });
    expect(facets.sources).toEqual([{ value: "hospital", studies: facets.studies }]);
    for (const { value, studies: count } of facets.modalities)
      expect((await client["find.studies"]({ modalities: [value] })).total).toBe(count);
    expect((await client["find.studies"]({ withAnalyses: true })).total).toBe(facets.withAnalyses);
  });

  it("shows a study with its series, their pictures, its sources and its analysis results", async () => {
    const client = await open();
    const { rows } = await client["find.studies"]({ withAnalyses: true });
    const [row] = rows;
    if (row === undefined) throw new Error("no study has a result");
    const { studyInstanceUid, patientId, issuer } = row;
    const key = { studyInstanceUid, patientId, issuer };
    const { study, sources, series, analyses } = await client["find.study"](key);
    expect(study).toEqual(row);
    expect(sources).toEqual(["hospital"]);
    expect(series).toHaveLength(row.series);
    expect(series.reduce((sum, one) => sum + one.instances, 0)).toBe(row.instances);
    expect(series.reduce((sum, one) => sum + one.bytes, 0)).toBe(row.bytes);
    expect(analyses).toHaveLength(row.analyses);
    expect(analyses[0]).toMatchObject({ source: "hospital", truncated: false });
    expect(JSON.parse(analyses[0]?.json ?? "")).toBeTypeOf("object");
    for (const { seriesInstanceUid, instances, frames, picture, modality } of series) {
      const found = await client["find.instances"]({ ...key, seriesInstanceUid });
      expect(found.total).toBe(instances);
      expect(found.rows.reduce((sum, one) => sum + Math.max(1, one.frames), 0)).toBe(frames);
      const numbers = found.rows.map(({ instanceNumber }) => instanceNumber ?? Infinity);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      const pictured = found.rows.filter((one) => one.rows > 0).map(({ instance }) => instance);
      if (modality === "SR") expect(picture).toBeNull();
      else expect(pictured).toContain(picture);
      const second = await client["find.instances"]({ ...key, seriesInstanceUid, limit: 1, offset: 1 });
      expect(second.rows).toEqual(found.rows.slice(1, 2));
    }
  });

  it("says that a study or series is not there", async () => {
    const client = await open();
    const { rows } = await client["find.studies"]({ limit: 1 });
    const { studyInstanceUid = "", patientId = "", issuer = "" } = rows[0] ?? {};
    const key = { studyInstanceUid, patientId, issuer };
    await expect(client["find.study"]({ ...key, patientId: "other" })).rejects.toEqual(code("NOT_FOUND"));
    await expect(client["find.instances"]({ ...key, seriesInstanceUid: "1.2" })).rejects.toEqual(code("NOT_FOUND"));
  });

  describe("exported by a filter", () => {
    const recipe = (destination: string, filter: object): Recipe => ({
      kind: "imaging",
      version: 1,
      selection: { scope: "matching", of: "patients", filter, exceptPatients: [], exceptStudies: [] },
      policy: { kind: "identified" },
      images: true,
      previews: false,
      format: "zip",
      compress: 0,
      grouping: "one",
      destination: join(root, "out", destination),
    });

    it("takes all of the patients whom the filter finds, and the audit names them", async () => {
      const client = await open();
      const filter = { modality: "US" };
      const { total, rows } = await client["find.patients"](filter);
      const { jobId } = await client["exports.start"]({ recipe: recipe("us", filter) });
      const result = await resultOf(client, jobId);
      expect(result.state).toBe("complete");
      expect(await client["jobs.show"]({ id: jobId })).toMatchObject({ scope: "matching", picked: total });
      const expected = rows.reduce((sum, row) => sum + row.instances, 0);
      expect(result.packages.map(({ instances }) => instances.expected)).toEqual([expected]);
      const [record] = (await client["audit.list"]({})).rows;
      expect(record?.subjects).toHaveLength(total);
      expect(record?.subjects.toSorted()).toEqual(
        rows.map(({ patientId, issuer }) => (issuer === "" ? patientId : `${patientId} (${issuer})`)).toSorted(),
      );
    });

    it("makes no job where nothing matches", async () => {
      const client = await open();
      const before = await client["jobs.list"]({});
      const nothing = recipe("nothing", { text: "no such person" });
      await expect(client["exports.plan"](nothing)).rejects.toEqual(code("NOT_FOUND"));
      await expect(client["exports.start"]({ recipe: nothing })).rejects.toEqual(code("NOT_FOUND"));
      expect(await client["jobs.list"]({})).toEqual(before);
    });

    it("works from a recipe's file on the command line, exceptions left out of it included", async () => {
      await (await openApp(root)).app.close();
      const file = join(root, "recipe.json");
      const { selection, ...rest } = recipe("cli", { modality: "MR" });
      const { exceptPatients: _p, exceptStudies: _s, ...bare } = selection as Record<string, unknown>;
      writeFileSync(file, JSON.stringify({ ...rest, selection: bare }));
      const cli = join(projectRoot, "src", "main", "shells", "cli", "index.ts");
      const places = ["--workspace", join(root, "workspace"), "--key-file", join(root, "workspace.key")];
      const args = [cli, ...places, "--json", "export", "imaging", "--recipe", file];
      const { exitCode, stdout } = await runCommand(process.execPath, args);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('"complete"');
    });
  });
});

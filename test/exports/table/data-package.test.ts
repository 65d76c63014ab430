import { parse } from "csv-parse/sync";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dataPackage } from "../../../src/main/exports/table/data-package.ts";
import { runChecked } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { describeTable, NOTE_ROWS, NOTE_TABLE } from "./describe-table.ts";
import { faultsOfDataPackage } from "./validate-data-package.ts";

interface Field {
  name: string;
  type: string;
  format?: string;
  unit?: string;
  constraints?: { required?: boolean; unique?: boolean; enum?: string[]; minimum?: unknown; maximum?: unknown };
}
interface Resource {
  path: string;
  bytes: number;
  hash: string;
  dialect?: { delimiter: string; quoteChar: string };
  schema: { fields: Field[]; primaryKey?: string; missingValues: string[] };
  formulaGuard?: { applied: boolean; undo?: { replace: string; with: string } };
}

function resourceOf(text: string): Resource {
  return (JSON.parse(text) as { resources: [Resource] }).resources[0];
}

describe("datapackage.json", () => {
  const folder = temporaryDirectory("data-package");
  const path = join(folder, "patient_data_export.csv");

  it.each(["csv", "xlsx"] as const)("is valid by the specifications' own words for %s", (table) => {
    const text = dataPackage(describeTable(join(folder, `table.${table}`), { table }));
    expect(faultsOfDataPackage(text)).toEqual([]);
  });

  it("names the file beside it, its bytes and its SHA-256 as sha256sum finds it", async () => {
    const { path: name, bytes, hash } = resourceOf(dataPackage(describeTable(path)));
    expect(name).toBe("patient_data_export.csv");
    expect(bytes).toBe(readFileSync(path).length);
    expect(hash).toBe(`sha256:${(await runChecked("sha256sum", [path])).slice(0, 64)}`);
  });

  it("promises of each column what every row keeps to", () => {
    const { schema } = resourceOf(dataPackage(describeTable(path)));
    const rows: Record<string, string>[] = parse(readFileSync(path), { columns: true });
    expect(rows).toHaveLength(NOTE_ROWS.length);
    expect(schema.primaryKey).toBe("note_id");
    for (const { name, type, constraints = {} } of schema.fields) {
      const values = rows.map((row) => row[name] ?? "").filter((value) => value !== "");
      if (constraints.required === true) expect(values).toHaveLength(rows.length);
      if (constraints.unique === true) expect(new Set(values).size).toBe(values.length);
      if (constraints.enum !== undefined) expect(constraints.enum).toEqual(expect.arrayContaining(values));
      const order = (value: unknown): number => (type === "datetime" ? Date.parse(String(value)) : Number(value));
      for (const value of values) {
        if (constraints.minimum !== undefined) expect(order(value)).toBeGreaterThanOrEqual(order(constraints.minimum));
        if (constraints.maximum !== undefined) expect(order(value)).toBeLessThanOrEqual(order(constraints.maximum));
      }
    }
    expect(schema.fields.map(({ name, type, unit }) => [name, type, unit])).toEqual(
      NOTE_TABLE.map(({ name, type, unit }) => [name, type, unit]),
    );
    expect(schema.fields[4]).toMatchObject({
      format: "any",
      constraints: { minimum: "1999-01-31T08:00:00-02:00", maximum: "2024-03-02T00:15:00.5-03:00" },
    });
  });

  it("does not promise what a row does not keep to", () => {
    const rows = [...NOTE_ROWS, [null, "F", 34, "n4", "ontem", ""]];
    const text = dataPackage(describeTable(path, { rows: rows.length }, rows));
    const [patient, , , , at] = resourceOf(text).schema.fields;
    expect(patient?.constraints).toBeUndefined();
    expect(at).toMatchObject({ type: "string" });
    expect(at?.constraints).toEqual({ required: true });
    expect(faultsOfDataPackage(text)).toEqual([]);
  });

  it("says how formulas were made harmless, or that they were not", () => {
    const { formulaGuard } = resourceOf(dataPackage(describeTable(path)));
    const { replace = "", with: instead = "" } = formulaGuard?.undo ?? {};
    expect("a,'=1".replace(new RegExp(replace, "g"), instead.replaceAll("\\", "$"))).toBe("a,=1");
    expect(resourceOf(dataPackage(describeTable(path, { formulas: "keep" }))).formulaGuard).toEqual({ applied: false });
  });

  it("holds no text of any row", () => {
    const text = dataPackage(describeTable(path));
    for (const secret of ["segredo", "Maria", "p1", "n1"]) expect(text).not.toContain(secret);
  });
});

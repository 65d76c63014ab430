import { describe, expect, it } from "vitest";
import type { Json, Resource } from "../../../src/main/fhir/json.ts";
import { makeQuality } from "../../../src/main/exports/quality/make-quality.ts";
import { QualityFindings } from "../../../src/main/exports/quality/quality-findings.ts";

const CANARY = "Maria Souza";

function observation(code: string, value: number, unit: string, rest: Record<string, Json> = {}): Resource {
  return {
    resourceType: "Observation",
    id: `of-${CANARY}`,
    status: "final",
    code: { coding: [{ code, display: CANARY }], text: CANARY },
    effectiveDateTime: "2024-03-01T08:00:00Z",
    valueQuantity: { value, unit },
    ...rest,
  };
}

const patient = (rest: Record<string, Json> = {}): Resource => ({
  resourceType: "Patient",
  name: [{ text: CANARY }],
  birthDate: "1980-05-01",
  ...rest,
});

interface Examination {
  tables: Map<string, string[][]>;
  files: Map<string, string>;
  summary: ReturnType<typeof makeQuality>["summary"];
}

/** Patients are named P0, P1, …; resources by their place. */
function examine(expect_: string[], ...patients: Resource[][]): Examination {
  const findings = new QualityFindings("2024-06-01");
  const names: { patient: string; id: string }[] = [];
  for (const [index, resources] of patients.entries())
    findings.add(
      `P${index}`,
      resources.map((resource) => ({
        row: names.push({ patient: `P${index}`, id: `R${names.length}` }) - 1,
        resource,
        treated: resource,
      })),
    );
  const { summary, documents } = makeQuality(findings, expect_, (row) => names[row] ?? { patient: "?", id: "?" });
  const files = new Map(documents.map(({ path, text }) => [path, text]));
  const csvs = documents.filter(({ path }) => path.endsWith(".csv"));
  const tables = new Map(
    csvs.map(({ path, text }) => [
      path,
      text
        .trimEnd()
        .split("\r\n")
        .slice(1)
        .map((line) => line.split(",")),
    ]),
  );
  return { tables, files, summary };
}

describe("Quality of the data", () => {
  it("tells which patient has how much of what, and who has nothing", () => {
    const { tables, summary } = examine(
      ["8867-4", "Condition"],
      [
        patient(),
        observation("8867-4", 70, "/min"),
        observation("8867-4", 71, "/min", { effectiveDateTime: "2024-03-02" }),
      ],
      [patient()],
    );
    expect(tables.get("completeness.csv")).toEqual([
      ["P0", "2", "0"],
      ["P1", "0", "0"],
    ]);
    expect(summary.completeness).toEqual([
      { type: "8867-4", patients: 1 },
      { type: "Condition", patients: 0 },
    ]);
  });

  it("asks of patients only for what is about patients, where nobody says what to expect", () => {
    const findings = new QualityFindings("2024-06-01");
    findings.add(undefined, [{ row: 0, resource: { resourceType: "Organization" }, treated: undefined }]);
    const pulse = observation("8867-4", 70, "/min");
    findings.add("P0", [{ row: 1, resource: pulse, treated: pulse }]);
    const { summary } = makeQuality(findings, [], () => ({ patient: "", id: "" }));
    expect(summary.completeness).toEqual([{ type: "Observation", patients: 1 }]);
  });

  it("finds values far from the rest, within each unit", () => {
    const usual = Array.from({ length: 60 }, (_, index) =>
      observation("8867-4", 60 + (index % 20), "/min", {
        effectiveDateTime: `2024-03-01T08:${String(index).padStart(2, "0")}:00Z`,
      }),
    );
    const { tables } = examine(
      [],
      [patient(), ...usual, observation("8867-4", 700, "/min"), observation("8867-4", 1.2, "Hz")],
    );
    expect(tables.get("outliers.csv")).toEqual([["P0", "R61", "8867-4", "/min", "700", "3-sd iqr"]]);
    expect(tables.get("measures.csv")?.map((row) => [row[0], row[1], row[2], row.at(-1)])).toEqual([
      ["8867-4", "/min", "61", "no"],
      ["8867-4", "Hz", "1", "yes"],
    ]);
  });

  it("finds what is there twice, under whatever id", () => {
    const one = observation("8867-4", 70, "/min", { id: "a", issued: "2024-03-01T09:00:00Z" });
    const again = observation("8867-4", 70, "/min", { id: "b", issued: "2024-03-01T10:00:00Z" });
    const { tables } = examine([], [one, again, observation("8867-4", 71, "/min")], [one]);
    expect(tables.get("duplicates.csv")).toEqual([["P0", "Observation", "R1", "R0"]]);
  });

  it("finds dates that cannot be right, and says no date", () => {
    const at = (effectiveDateTime: string): Resource => observation("8867-4", 70, "/min", { effectiveDateTime });
    const encounter: Resource = {
      resourceType: "Encounter",
      status: "finished",
      class: { code: "AMB" },
      period: { start: "2024-02-02", end: "2024-02-01" },
    };
    const { tables } = examine(
      [],
      [
        patient({ deceasedDateTime: "2024-03-05" }),
        at("1979"),
        at("2024-03-06"),
        at("2024-03-05T23:00:00Z"),
        { ...at("2024-03-01"), issued: "2024-04-01T00:00:00Z" },
        encounter,
      ],
      [
        patient({ birthDate: "2031-01-01" }),
        { resourceType: "Appointment", status: "booked", start: "2030-01-01T00:00:00Z" },
      ],
      [at("1850-01-01"), at("2024-06-03")],
    );
    expect(tables.get("dates.csv")?.map(([id, type, , element, problem]) => [id, type, element, problem])).toEqual([
      ["P0", "Encounter", "period", "end-before-start"],
      ["P0", "Observation", "effectiveDateTime", "before-birth"],
      ["P0", "Observation", "effectiveDateTime", "after-death"],
      ["P1", "Patient", "birthDate", "future"],
      ["P2", "Observation", "effectiveDateTime", "before-1900"],
      ["P2", "Observation", "effectiveDateTime", "future"],
    ]);
  });

  it("finds what a resource must have and has not, and documents that break their schema", () => {
    const data = Buffer.from(
      JSON.stringify({ header: {}, body: { blood_glucose: { value: 95, unit: CANARY } } }),
    ).toString("base64");
    const { tables } = examine(
      [],
      [
        { resourceType: "Observation", code: {} },
        observation("omh:blood-glucose:4.0", 0, "", { valueAttachment: { contentType: "application/json", data } }),
      ],
    );
    expect(tables.get("missing.csv")).toEqual([["P0", "Observation", "R0", "status", "missing"]]);
    expect(tables.get("schemas.csv")?.map((row) => row.slice(0, 3).concat(row.at(-1) ?? ""))).toEqual([
      ["P0", "Observation", "R1", "omh:blood-glucose:4.0"],
    ]);
  });

  it("lets no word of a resource into any of its files", () => {
    const odd = observation(CANARY, 70, CANARY, { status: CANARY, note: [{ text: CANARY }], valueString: CANARY });
    const { files } = examine([], [patient({ birthDate: CANARY }), odd, odd]);
    for (const [path, text] of files) expect(text.includes("Maria") || text.includes("Souza"), path).toBe(false);
  });

  it("draws pictures that are well-formed and say in words what they show", () => {
    const { files } = examine(["A<B & C"], [patient(), observation("8867-4", 70, "/min")]);
    for (const path of ["completeness.svg", "measures.svg", "findings.svg"]) {
      const text = files.get(path) ?? "";
      expect(text).toMatch(
        /^<svg [^>]*role="img"[\s\S]*<title id="t">[^<]+<\/title>\s<desc id="d">[^<]+<\/desc>[\s\S]*<\/svg>\n$/,
      );
      expect(text).not.toMatch(/<script|href|&(?!amp;|lt;|gt;|quot;)/);
      expect(text).toContain("prefers-color-scheme: dark");
    }
    expect(files.get("completeness.svg")).toContain("A&lt;B &amp; C");
  });

  it("of nothing is nothing, and no figure that is not a number", () => {
    const { files, summary } = examine(["Observation"]);
    expect(summary).toMatchObject({ patients: 0, resources: 0 });
    for (const [path, text] of files) expect(text, path).not.toMatch(/NaN|undefined|Infinity/);
  });
});

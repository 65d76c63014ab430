import { describe, expect, it } from "vitest";
import { observationTables } from "../../../src/main/exports/observations/observation-tables.ts";
import type { ObservationTable } from "../../../src/main/exports/observations/type-table.ts";
import type { Json, Resource } from "../../../src/main/fhir/json.ts";
import { MEASURED_TYPES } from "../../../src/main/omh/measures.ts";

const ZONE = "America/Los_Angeles";

/** As JupyterHealth Exchange gives it; old versions break the base64 every 76 characters. */
function observation(type: string, body: Record<string, Json>, id = "o1", breaks = false): Resource {
  const header = { uuid: "0000", modality: "sensed", source_creation_date_time: "2024-03-01T16:00:01Z" };
  const data = Buffer.from(JSON.stringify({ header, body })).toString("base64");
  return {
    resourceType: "Observation",
    id,
    status: "final",
    subject: { reference: "Patient/p1" },
    code: { coding: [{ system: "https://w3id.org/openmhealth", code: type }] },
    valueAttachment: { contentType: "application/json", data: breaks ? data.replace(/.{76}/g, "$&\n") : data },
  };
}

const glucose = (value: Json, unit: string): Record<string, Json> => ({
  blood_glucose: { value, unit },
  effective_time_frame: { date_time: "2024-03-01T08:00:00-08:00" },
  temporal_relationship_to_meal: "fasting",
});

function rowsOf(table: ObservationTable, ...resources: Resource[]): Record<string, unknown>[] {
  return resources
    .flatMap((resource) => table.rows(resource, { dataSource: "meter", created: "2024-03-01T16:00:02Z" }))
    .map((row) => Object.fromEntries(table.columns.map(({ name }, index) => [name, row[index] ?? null])));
}

const tables = (types: string[], others = false, tidy = false): ObservationTable[] =>
  observationTables(types, others, tidy, ZONE);

describe("The table of blood glucose", () => {
  const [table] = tables(["omh:blood-glucose:4.0"]);

  it("begins with the guide's columns, in its words and order", () => {
    expect(table?.columns.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "Observation ID",
        "Patient",
        "Date/Time",
        "Glucose (mg/dL)",
        "Meal Context",
        "Data Source",
        "Created",
      ]),
    );
    expect(table?.columns.slice(0, 5).map(({ name }) => name)).toEqual([
      "Observation ID",
      "Patient",
      "Date/Time",
      "Glucose (mg/dL)",
      "Meal Context",
    ]);
  });

  it("tells every value in one unit, and keeps what was written", () => {
    const [row] = rowsOf(table!, observation("omh:blood-glucose:4.0", glucose(5.5, "mmol/L"), "o1", true));
    expect(row).toMatchObject({
      "Observation ID": "o1",
      Patient: "p1",
      "Date/Time": "2024-03-01T08:00:00-08:00",
      "Glucose (mg/dL)": 99.0858,
      "Meal Context": "fasting",
      "Data Source": "meter",
      Created: "2024-03-01T16:00:02Z",
      "Local Time": "2024-03-01T08:00:00",
      "UTC Time": "2024-03-01T16:00:00Z",
      Modality: "sensed",
      "Glucose as Written": 5.5,
      "Glucose Unit as Written": "mmol/L",
      Valid: "true",
      Faults: null,
    });
  });

  it("keeps a document that breaks its schema, says where, and guesses no unit", () => {
    const rows = rowsOf(
      table!,
      observation("omh:blood-glucose:4.0", glucose(95, "MGDL"), "a"),
      observation("omh:blood-glucose:4.0", glucose(95, "unknown"), "b"),
      observation("omh:blood-glucose:4.0", glucose("high", "mg/dL"), "c"),
      observation("omh:blood-glucose:4.0", {}, "d"),
    );
    expect(rows.map((row) => [row["Glucose (mg/dL)"], row["Valid"], row["Faults"]])).toEqual([
      [95, "false", "blood_glucose.unit: enum; blood_glucose: unit spelled otherwise"],
      [null, "false", "blood_glucose.unit: enum; blood_glucose: unit not known"],
      [null, "false", expect.stringContaining("value") as string],
      [null, "false", "blood_glucose: required"],
    ]);
  });

  it("keeps an observation whose attachment cannot be read", () => {
    const broken = observation("omh:blood-glucose:4.0", {});
    (broken["valueAttachment"] as Record<string, Json>)["data"] = "bm90IGpzb24=";
    expect(rowsOf(table!, broken)).toMatchObject([
      { "Observation ID": "o1", "Glucose (mg/dL)": null, Valid: "false", Faults: "document: unreadable" },
    ]);
  });

  it("has an interval where the guide's own script ends in a KeyError", () => {
    const body = {
      ...glucose(95, "mg/dL"),
      effective_time_frame: {
        time_interval: { start_date_time: "2024-03-01T08:00:00Z", duration: { value: 5, unit: "min" } },
      },
    };
    expect(rowsOf(table!, observation("omh:blood-glucose:3.0", body as Record<string, Json>))).toMatchObject([
      {
        "Date/Time": "2024-03-01T08:00:00Z",
        Start: "2024-03-01T08:00:00Z",
        End: "2024-03-01T08:05:00Z",
        "Local Time": "2024-03-01T00:00:00",
      },
    ]);
  });
});

describe("Tables of observations", () => {
  it("are one a type, whatever its versions, and one more for what has no table", () => {
    const names = tables(["omh:heart-rate:2.0", "omh:heart-rate:1.1", "omh:mood:1.0", "omh:blood-pressure:4.0"]).map(
      ({ name }) => name,
    );
    expect(names).toEqual(["blood-pressure", "heart-rate", "other-observations"]);
    expect(tables([], true).map(({ name }) => name)).toEqual(["other-observations"]);
  });

  it("take each observation exactly once, of all types together", () => {
    const all = tables(
      MEASURED_TYPES.map(({ type }) => `${type}:1.0`),
      true,
    );
    const resources = [
      ...MEASURED_TYPES.map(({ type }, index) => observation(`${type}:9.0`, {}, `t${index}`)),
      observation("omh:mood:1.0", { feeling: "calm" }, "m"),
      { resourceType: "Observation", id: "plain", valueQuantity: { value: 1 } } as Resource,
    ];
    const ids = all.flatMap((table) => rowsOf(table, ...resources).map((row) => row["Observation ID"]));
    expect(ids).toHaveLength(resources.length);
    expect(new Set(ids)).toEqual(new Set(resources.map(({ id }) => id)));
  });

  it("have both pressures in one row", () => {
    const [table] = tables(["omh:blood-pressure:4.0"]);
    const body = {
      systolic_blood_pressure: { value: 120, unit: "mmHg" },
      diastolic_blood_pressure: { value: 80, unit: "mmHg" },
      effective_time_frame: { date_time: "2024-03-01T08:00:00Z" },
      body_posture: "sitting",
    };
    expect(rowsOf(table!, observation("omh:blood-pressure:4.0", body))).toMatchObject([
      { "Systolic (mmHg)": 120, "Diastolic (mmHg)": 80, "Body Posture": "sitting", Valid: "true" },
    ]);
  });
});

describe("The tidy table", () => {
  const [tidy] = tables([], false, true);

  it("has a row for each thing that was measured", () => {
    const stages = observation("ieee:sleep-stage-summary:1.0", {
      sleep_stage_summary: {
        rem_sleep_duration: { value: 1.5, unit: "h" },
        deep_sleep_duration: { value: 3600, unit: "sec" },
        number_of_awakenings: 2,
      },
      effective_time_frame: {
        time_interval: { start_date_time: "2024-03-01T06:00:00Z", end_date_time: "2024-03-01T13:00:00Z" },
      },
    });
    expect(
      rowsOf(tidy!, stages).map((row) => [row["Measure"], row["Value"], row["Unit"], row["Value as Written"]]),
    ).toEqual([
      ["rem_sleep_duration", 90, "min", 1.5],
      ["deep_sleep_duration", 60, "min", 3600],
      ["number_of_awakenings", 2, null, 2],
    ]);
  });

  it("takes plain observations of FHIR, with their components", () => {
    const coded = (code: string): Record<string, Json> => ({ coding: [{ system: "http://loinc.org", code }] });
    const pressure: Resource = {
      resourceType: "Observation",
      id: "bp",
      code: coded("85354-9"),
      effectiveDateTime: "2024-03-01T08:00:00Z",
      component: [
        { code: coded("8480-6"), valueQuantity: { value: 120, unit: "mmHg", code: "mm[Hg]" } },
        { code: coded("8462-4"), valueQuantity: { value: 80, unit: "mmHg", code: "mm[Hg]" } },
      ],
    };
    expect(rowsOf(tidy!, pressure).map((row) => [row["Type"], row["Measure"], row["Value"], row["Unit"]])).toEqual([
      ["85354-9", "8480-6", 120, "mm[Hg]"],
      ["85354-9", "8462-4", 80, "mm[Hg]"],
    ]);
  });

  it("loses no observation in which nothing was found", () => {
    expect(rowsOf(tidy!, { resourceType: "Observation", id: "empty" })).toMatchObject([
      { "Observation ID": "empty", Value: null },
    ]);
    expect(rowsOf(tidy!, observation("omh:mood:1.0", { feeling: { word: "calm" } }))).toMatchObject([
      { Type: "omh:mood:1.0", Measure: "feeling.word", Text: "calm", Valid: null },
    ]);
  });
});

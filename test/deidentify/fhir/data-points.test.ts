import { describe, expect, it } from "vitest";
import { createPseudonyms } from "../../../src/main/deidentify/pseudonym.ts";
import { contextOf, ISSUER, KEY, resource, treated } from "./treating.ts";

const encode = (document: unknown): string => Buffer.from(JSON.stringify(document)).toString("base64");
const pseudonyms = createPseudonyms(KEY);

/** As JupyterHealth Exchange stores it. */
const glucose = {
  header: {
    uuid: "6a6a1c2e-0000-4000-8000-2b0c6a6a1c2e",
    user_id: "maria.gonzales",
    schema_id: { namespace: "omh", name: "blood-glucose", version: "4.0" },
    source_creation_date_time: "2024-03-01T08:00:00Z",
    modality: "self-reported",
    external_datasheets: [
      { datasheet_type: "manufacturer", datasheet_reference: "https://dexcom.example/serial/7781" },
    ],
    acquisition_provenance: { source_name: "Maria's iPhone", source_creation_date_time: "2024-03-01T08:00:00Z" },
  },
  body: {
    blood_glucose: { value: 101, unit: "mg/dL" },
    effective_time_frame: {
      time_interval: { start_date_time: "2024-03-01T07:30:00+05:30", end_date_time: "2024-03-01T07:35:00+05:30" },
    },
    temporal_relationship_to_meal: "before breakfast",
    specimen_source: "interstitial fluid",
    user_notes: "felt dizzy at Maria's house",
    device_serial: "7781",
    latitude: 12.97,
  },
};

function observation(data: string): ReturnType<typeof resource> {
  return resource("Observation", {
    status: "final",
    meta: { source: "https://jupyterhealth.org/jhe", lastUpdated: "2024-03-01T09:00:00Z" },
    identifier: [{ system: "https://ehr.example", value: "OW-77" }],
    code: { coding: [{ system: "https://w3id.org/openmhealth", code: "omh:blood-glucose:4.0" }] },
    subject: {
      reference: "Patient/40001",
      identifier: { system: "https://jupyterhealth.org/fhir/identifier/jhe-user-id", value: "10008" },
    },
    effectivePeriod: { start: "2024-03-01T02:00:00Z" },
    valueAttachment: { contentType: "application/json", data, title: "Maria", url: "https://jhe.example/1" },
  });
}

function documentOf(left: ReturnType<typeof resource>): unknown {
  const { data } = left["valueAttachment"] as { data: string };
  return JSON.parse(Buffer.from(data, "base64").toString()) as unknown;
}

describe("an Observation of JupyterHealth Exchange with its Open mHealth data point", () => {
  const context = contextOf("40001", { names: ["Maria Gonzales"] });
  const left = treated(observation(encode(glucose)), {}, context);
  const days = pseudonyms.dateShift({ issuer: ISSUER, id: "40001" });
  const shifted = (text: string): string => {
    const moved = new Date(`${text.slice(0, 10)}T00:00:00Z`);
    moved.setUTCDate(moved.getUTCDate() + days);
    return moved.toISOString().slice(0, 10) + text.slice(10);
  };

  it("keeps measures, units and the words of the schema; dates are moved as those of the Observation", () => {
    expect(documentOf(left)).toEqual({
      header: {
        uuid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        user_id: pseudonyms.patient({ issuer: ISSUER, id: "40001" }).uuid,
        schema_id: { namespace: "omh", name: "blood-glucose", version: "4.0" },
        source_creation_date_time: shifted("2024-03-01T08:00:00Z"),
        modality: "self-reported",
        acquisition_provenance: { source_creation_date_time: shifted("2024-03-01T08:00:00Z") },
      },
      body: {
        blood_glucose: { value: 101, unit: "mg/dL" },
        effective_time_frame: {
          time_interval: {
            start_date_time: shifted("2024-03-01T07:30:00+05:30"),
            end_date_time: shifted("2024-03-01T07:35:00+05:30"),
          },
        },
        temporal_relationship_to_meal: "before breakfast",
        specimen_source: "interstitial fluid",
      },
    });
    expect(left["effectivePeriod"]).toEqual({ start: shifted("2024-03-01T02:00:00Z") });
  });

  it("says nothing of accounts, devices, places, notes and servers, in base64 either", () => {
    const text = JSON.stringify(left) + JSON.stringify(documentOf(left));
    for (const secret of [
      "maria",
      "6a6a1c2e",
      "dexcom",
      "7781",
      "12.97",
      "dizzy",
      "OW-77",
      "10008",
      "jupyterhealth",
      "jhe.example",
    ])
      expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
  });

  it("is read although an old server wrapped the base64 in lines", () => {
    const wrapped = encode(glucose).replaceAll(/(.{76})/g, "$1\n");
    expect(documentOf(treated(observation(wrapped), {}, context))).toEqual(documentOf(left));
  });

  it("leaves nothing of what is no JSON, and of a word that no schema has", () => {
    expect(treated(observation("S2FuYXJpdXM="), {}, context)["valueAttachment"]).toEqual({
      contentType: "application/json",
    });
    const body = {
      blood_glucose: { value: 1, unit: "Kanarius" },
      specimen_source: "Kanarius 12",
      heart_rate: { value: 9845012345 },
      note: 3,
    };
    expect(documentOf(treated(observation(encode({ header: {}, body })), {}, context))).toEqual({
      header: {},
      body: { blood_glucose: { value: 1 } },
    });
  });
});

import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/main/fhir/json.ts";
import { validateBody } from "../../src/main/omh/validate-body.ts";

/** Open mHealth's own documents, read where they lie: NAMESPACE/NAME/VERSION/shouldPass|shouldFail/FILE. */
const FOLDER = join(import.meta.dirname, "../../../shared/samples/omh/test-data");
const files = existsSync(FOLDER) ? globSync("*/*/*/should*/*.json", { cwd: FOLDER }).sort() : [];

/** As seeded by JupyterHealth Exchange. */
const SEEDED = [
  "omh:blood-glucose:4.0",
  "omh:blood-pressure:4.0",
  "omh:body-temperature:4.0",
  "omh:heart-rate:2.0",
  "omh:oxygen-saturation:2.0",
  "omh:respiratory-rate:2.0",
  "omh:rr-interval:1.0",
  "omh:body-weight:3.0",
  "omh:step-count:3.0",
  "omh:physical-activity:1.2",
  "omh:sleep-episode:1.1",
  "omh:sleep-duration:2.0",
  "omh:forced-vital-capacity:1.0",
  "omh:forced-expiratory-volume-1-second:1.0",
  "ieee:sleep-stage-summary:1.0",
];

describe.skipIf(files.length === 0)("Open mHealth's own documents", () => {
  it.each(files)("are judged right: %s", (file) => {
    const [namespace, name, version, should] = file.split("/");
    const document = JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Json;
    const judgement = validateBody(`${namespace}:${name}:${version}`, document);
    expect(judgement.known).toBe(true);
    expect(judgement.valid, judgement.faults.join("; ")).toBe(should === "shouldPass");
  });

  it("are 384", () => {
    expect(files).toHaveLength(384);
  });
});

describe("A body of an Open mHealth document", () => {
  it.each(SEEDED)("is judged by the schema of %s", (type) => {
    expect(validateBody(type, {})).toMatchObject({ known: true, valid: false });
  });

  it("is told where it breaks which rule, and never by a value that it holds", () => {
    const judgement = validateBody("omh:blood-glucose:4.0", {
      blood_glucose: { value: 95, unit: "Maria Souza" },
      effective_time_frame: { date_time: "2024-03-01T08:00:00Z" },
    });
    expect(judgement).toEqual({ known: true, valid: false, faults: ["blood_glucose.unit: enum"] });
  });

  it("of a type that has no schema is not called right or wrong", () => {
    expect(validateBody("omh:mood:1.0", {})).toEqual({ known: false, valid: false, faults: [] });
    expect(validateBody("constructor", {})).toEqual({ known: false, valid: false, faults: [] });
  });
});

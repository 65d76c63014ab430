import { describe, expect, it } from "vitest";
import { contextOf, resource, treated } from "./treating.ts";

const known = {
  names: ["Maria Gonzales"],
  identifiers: ["MRN-445566"],
  phones: ["+91 98450 12345"],
  addresses: ["12 Mill Lane"],
  birthDate: "1980-02-03",
};
const note =
  "Maria (MRN-445566, born 03/02/1980, 12 Mill Lane, call 98450 12345) seen by Dr Hopper at Elm Clinic: less cough.";
const house = { staff: ["Alice Hopper"], wards: [], places: ["Elm Clinic"] };
const source = resource("Condition", {
  code: { text: "cough of Maria" },
  note: [{ text: note, time: "2024-03-01", authorString: "Alice Hopper" }],
  subject: { reference: "Patient/p1", display: "Maria Gonzales" },
});

describe("free text", () => {
  it("goes by default, wherever it is", () => {
    const left = treated(source, {}, contextOf("p1", known));
    expect(left).not.toHaveProperty("code");
    expect(JSON.stringify(left["note"])).not.toContain("text");
  });

  it("that is one word as codes are written stays, unless it is a name or the patient's", () => {
    const of = (text: string, names: string[] = []): unknown =>
      treated(resource("Observation", { valueString: text }), {}, contextOf("p1", { names }))["valueString"];
    for (const text of ["Positive", "white_patches", "FOLLOWUP_DONE"]) expect(of(text)).toBe(text);
    for (const text of ["Rose", "Manning", "Fernando", "Positive, says Maria", "positive_maria"])
      expect(of(text)).toBeUndefined();
    expect(of("Positive", ["Ana Positive"])).toBeUndefined();
  });

  it("is scrubbed on request of what is known of the patient and of the house", () => {
    const left = treated(source, { text: "scrub" }, contextOf("p1", known), house);
    const text = JSON.stringify(left);
    expect(text).toContain("less cough");
    for (const secret of ["Maria", "445566", "1980", "Mill Lane", "98450", "Hopper", "Elm"])
      expect(text).not.toContain(secret);
    expect(left["note"]).toMatchObject([{ time: expect.any(String) as string }]);
  });

  it("goes where the sweep still finds the patient in what scrubbing left", () => {
    const left = treated(
      resource("Condition", { note: [{ text: "see file xgonzalesx7 for more" }] }),
      { text: "scrub" },
      contextOf("p1", known),
    );
    expect(left).not.toHaveProperty("note");
  });

  it("goes where scrubbing leaves something that another element of the resource says of somebody", () => {
    const display = "zyxqua-kanarius-7";
    const said = resource("Condition", {
      recorder: { reference: "Practitioner/1", display },
      note: [{ text: `discussed with ${display}, better` }, { text: "sleeps well" }],
    });
    const left = treated(said, { text: "scrub" });
    expect(left).not.toHaveProperty("note");
    expect(left).toHaveProperty("recorder");
    const other = treated({ ...said, recorder: { reference: "Practitioner/1" } }, { text: "scrub" });
    expect(JSON.stringify(other["note"])).toContain("sleeps well");
  });
});

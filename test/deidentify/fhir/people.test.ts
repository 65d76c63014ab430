import { describe, expect, it } from "vitest";
import { contextOf, resource, treated } from "./treating.ts";

const BAND = "urn:satchel:age-band";

function patient(elements: Record<string, unknown>): ReturnType<typeof resource> {
  return resource("Patient", { id: "p1", ...elements });
}

describe("birth dates", () => {
  it("become the year", () => {
    expect(treated(patient({ birthDate: "1980-04-09" }))["birthDate"]).toBe("1980");
    expect(treated(patient({ birthDate: "1980" }))["birthDate"]).toBe("1980");
  });

  it.each([
    ["band5", "1980-06-15", "45-49"],
    ["band5", "1980-06-16", "45-49"],
    ["band5", "1981-06-16", "40-44"],
    ["band5", "1937-01-01", "85-89"],
    ["band10", "1980-06-15", "40-49"],
    ["band10", "1937-01-01", "80-89"],
    ["band5", "2026-06-14", "0-4"],
  ] as const)("become a band of age (%s, %s) on the day of the export", (birth, birthDate, band) => {
    const left = treated(patient({ birthDate }), { birth });
    expect(left).not.toHaveProperty("birthDate");
    expect(left["extension"]).toEqual([{ url: BAND, valueString: band }]);
  });

  it("of all who are over 89 become one band, whatever the policy", () => {
    for (const birth of ["year", "band5", "band10"] as const)
      for (const birthDate of ["1936-06-15", "1910-01-01", "1936-01"])
        expect(treated(patient({ birthDate }), { birth })).toEqual({
          resourceType: "Patient",
          id: expect.any(String) as string,
          extension: [{ url: BAND, valueString: "90+" }],
        });
    expect(treated(patient({ birthDate: "1936-06-16" }))["birthDate"]).toBe("1936");
  });

  it("are told by the age at death of those who died", () => {
    const left = treated(patient({ birthDate: "1930-01-01", deceasedDateTime: "1980-05-05" }), { birth: "band10" });
    expect(left["extension"]).toEqual([{ url: BAND, valueString: "50-59" }]);
  });

  it("in the future, or of no calendar, go", () => {
    for (const birthDate of ["2030-01-01", "1980-13-40", "Maria"])
      expect(treated(patient({ birthDate }))).not.toHaveProperty("birthDate");
  });
});

describe("death", () => {
  it("stays where its day may not be told", () => {
    const newborn = contextOf("p1", { birthDate: "2024-02-01" });
    const left = treated(
      patient({ birthDate: "2024-02-01", deceasedDateTime: "2024-02-01" }),
      { dates: "keep" },
      newborn,
    );
    expect(left["deceasedBoolean"]).toBe(true);
    expect(JSON.stringify(left)).not.toContain("2024-02-01");
  });
});

describe("ages in the record", () => {
  it.each([
    [
      { value: 92, system: "http://unitsofmeasure.org", code: "a" },
      { value: 90, comparator: ">=" },
    ],
    [
      { value: 1_140, unit: "months" },
      { value: 1_080, comparator: ">=" },
    ],
    [{ value: 89, system: "http://unitsofmeasure.org", code: "a" }, { value: 89 }],
  ])("over 89 become 90 and more: %j", (onsetAge, expected) => {
    expect(treated(resource("Condition", { onsetAge }))["onsetAge"]).toMatchObject(expected);
    expect(treated(resource("Observation", { valueQuantity: onsetAge }))["valueQuantity"]).toMatchObject(expected);
    const onsetRange = { low: onsetAge, high: onsetAge };
    expect(treated(resource("Condition", { onsetRange }))["onsetRange"]).toMatchObject({ low: expected });
  });

  it("go where nobody can say in what they are counted", () => {
    expect(treated(resource("Condition", { onsetAge: { value: 92 } }))).not.toHaveProperty("onsetAge");
  });
});

describe("addresses", () => {
  const address = {
    use: "home",
    text: "12 Mill Lane, Jayanagar",
    line: ["12 Mill Lane"],
    city: "Jayanagar",
    district: "Bangalore Urban",
    state: "Karnataka",
    postalCode: "560041",
    country: "IN",
    period: { start: "2020-01-01" },
    extension: [
      {
        url: "http://hl7.org/fhir/StructureDefinition/geolocation",
        extension: [{ url: "latitude", valueDecimal: 12.9 }],
      },
    ],
  };

  it("become district, state and country", () => {
    expect(treated(patient({ address: [address] }))["address"]).toEqual([
      { district: "Bangalore Urban", state: "Karnataka", country: "IN" },
    ]);
  });

  it("stay so although the catalog knows the district as one of the patient's", () => {
    const context = contextOf("p1", { addresses: ["12 Mill Lane", "Jayanagar", "Bangalore Urban"] });
    expect(treated(patient({ address: [address] }), {}, context)["address"]).toMatchObject([
      { district: "Bangalore Urban" },
    ]);
  });

  it("lose a district that is a number, or that names the patient", () => {
    const context = contextOf("p1", { names: ["Maria Gonzales"] });
    for (const district of ["Ward 12", "560041", "c/o Maria Gonzales", "Gonzales Nagar"])
      expect(treated(patient({ address: [{ district, state: "Karnataka" }] }), {}, context)["address"]).toEqual([
        { state: "Karnataka" },
      ]);
  });
});

describe("telephone numbers", () => {
  const telecom = [
    { system: "phone", value: "+91 98450 12345", use: "mobile", rank: 1 },
    { system: "email", value: "maria@example.org" },
  ];

  it("go", () => {
    expect(treated(patient({ telecom }))).not.toHaveProperty("telecom");
  });

  it("become keyed hashes on request, the same however they are written; e-mail goes", () => {
    const left = treated(patient({ telecom }), { phones: "hash" })["telecom"] as { value: string }[];
    expect(left).toEqual([
      { system: "phone", value: expect.stringMatching(/^tel-[0-9a-f]{24}$/) as string, use: "mobile" },
    ]);
    const other = [{ system: "sms", value: "09845012345" }];
    expect(treated(patient({ telecom: other }), { phones: "hash" })["telecom"]).toMatchObject([
      { value: left[0]!.value },
    ]);
  });
});

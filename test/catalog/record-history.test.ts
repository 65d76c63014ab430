import { describe, expect, test } from "vitest";
import { circumstancesOf, type History, type Present } from "../../src/main/catalog/record-history.ts";

const present: Present = {
  status: { status: "outpatient", label: "Ambulatorial" },
  ward: "now",
  recordNumber: "NOW",
};
const told = (history: Partial<History>, moment: number) =>
  circumstancesOf({ recordNumbers: [], statuses: [], ...history }, present)(moment);

describe("the status when a note was written", () => {
  const statuses: History["statuses"] = [
    { status: "deceased", label: "Óbito", from: 300 },
    { status: "inpatient", label: "Internado", from: 100 },
    { status: "emergency", label: "Emergência", from: 200 },
  ];

  test.each([
    [100, "inpatient", "history"],
    [199, "inpatient", "history"],
    [200, "emergency", "history"],
    [299, "emergency", "history"],
    [1_000_000, "deceased", "history"],
    [99, "inpatient", "earliest"],
    [-5, "inpatient", "earliest"],
  ])("at %i is %s, known from %s", (moment, status, basis) => {
    expect(told({ statuses }, moment)).toMatchObject({ status, statusBasis: basis });
  });

  test("is that of the entry listed last where two began at one moment", () => {
    const tied = [...statuses, { status: "transferred" as const, label: "Transferido", from: 200 }];
    expect(told({ statuses: tied }, 250)).toMatchObject({ status: "transferred", label: "Transferido" });
  });

  test("is the present one where nothing of the past is known, and says so", () => {
    expect(told({}, 100)).toMatchObject({ status: "outpatient", label: "Ambulatorial", statusBasis: "now" });
  });
});

describe("the record number when a note was written", () => {
  const recordNumbers = [
    { recordNumber: "B", from: 200 },
    { recordNumber: "A", from: 100 },
  ];

  test.each([
    [99, "A", "earliest"],
    [100, "A", "history"],
    [200, "B", "history"],
  ])("at %i is %s, known from %s", (moment, recordNumber, basis) => {
    expect(told({ recordNumbers }, moment)).toMatchObject({ recordNumber, recordNumberBasis: basis });
  });

  test("is the present one where no other is known", () => {
    expect(told({}, 100)).toMatchObject({ recordNumber: "NOW", recordNumberBasis: "now" });
  });
});

describe("the ward when a note was written", () => {
  test("is looked for among the entries that tell one", () => {
    const statuses: History["statuses"] = [
      { status: "inpatient", label: "I", from: 100, ward: "UTI" },
      { status: "inpatient", label: "I", from: 200 },
      { status: "discharged", label: "A", from: 300, ward: "" },
    ];
    expect(told({ statuses }, 250)).toMatchObject({ ward: "UTI", wardBasis: "history" });
    expect(told({ statuses }, 300)).toMatchObject({ ward: "", wardBasis: "history" });
    expect(told({ statuses }, 50)).toMatchObject({ ward: "UTI", wardBasis: "earliest" });
  });

  test("is the present one where no entry tells any", () => {
    expect(told({ statuses: [{ status: "inpatient", label: "I", from: 100 }] }, 150)).toMatchObject({
      ward: "now",
      wardBasis: "now",
      statusBasis: "history",
    });
  });
});

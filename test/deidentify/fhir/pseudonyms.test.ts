import { describe, expect, it } from "vitest";
import { createPseudonyms } from "../../../src/main/deidentify/pseudonym.ts";
import { KEY } from "./treating.ts";

const { resource, phone } = createPseudonyms(KEY);
const other = createPseudonyms({ name: "other", secret: Buffer.alloc(32, 8) });

describe("pseudonyms of resources", () => {
  it("differ by type, issuer and key, and are UUIDs of version 8 that are the same every time", () => {
    const thing = { issuer: "a", id: "1" };
    const all = [
      resource("Observation", thing),
      resource("Encounter", thing),
      resource("Observation", { issuer: "b", id: "1" }),
      other.resource("Observation", thing),
    ];
    expect(new Set(all).size).toBe(4);
    for (const uuid of all)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(resource("Observation", thing)).toBe(all[0]);
  });
});

describe("keyed hashes of telephones", () => {
  it("are those of the last ten digits, under the key of the project", () => {
    expect(phone("+91 98450 12345")).toMatch(/^[0-9a-f]{24}$/);
    expect(phone("098450-12345")).toBe(phone("+91 98450 12345"));
    expect(phone("98450 12346")).not.toBe(phone("98450 12345"));
    expect(other.phone("98450 12345")).not.toBe(phone("98450 12345"));
  });
});

import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyedHash } from "../../src/main/deidentify/hmac.ts";
import { createPseudonyms, identityOf } from "../../src/main/deidentify/pseudonym.ts";

const one = createPseudonyms({ name: "one", secret: Buffer.alloc(32, 1) });
const two = createPseudonyms({ name: "two", secret: Buffer.alloc(32, 2) });
const jane = { issuer: "HOSP", id: "4711" };
const uids = fc
  .array(fc.integer({ min: 0, max: 99999 }), { minLength: 3, maxLength: 9 })
  .map((parts) => `1.3.${parts.join(".")}`);

describe("createKeyedHash", () => {
  it("is HMAC-SHA-256 for keys and messages of any length", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 0, maxLength: 100 }),
        fc.string({ unit: "grapheme", maxLength: 700 }),
        (key, message) => {
          const expected = createHmac("sha256", key).update(message).digest("hex");
          expect(createKeyedHash(Buffer.from(key))(message)).toBe(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("createPseudonyms", () => {
  it("gives what it gave on every other machine", () => {
    expect(one.patient({ issuer: "", id: "123" })).toEqual({
      uuid: "f050efd4-97a7-8cf2-9dd7-5a5906589d60",
      display: "Y95N-1DD5-47A8-BSER",
    });
    expect(one.uid("1.2.3.4")).toBe("2.25.184465669509166315340479960107929697049");
    expect(one.shortCode("accession", "A1")).toBe("PQS6GQ0ACBQJ1VX1");
    expect(one.dateShift({ issuer: "", id: "123" })).toBe(-349);
    expect(one.fingerprint).toBe("d57b4a910c2d25d6");
  });

  it("maps UIDs to valid UIDs, one to one, and the same with and without its cache", () => {
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(uids, (uid) => {
        const mapped = one.uid(uid);
        expect(mapped).toMatch(/^2\.25\.[1-9]\d{0,38}$/);
        expect(createPseudonyms({ name: "again", secret: Buffer.alloc(32, 1) }).uid(uid)).toBe(mapped);
        expect(seen.get(mapped) ?? uid).toBe(uid);
        seen.set(mapped, uid);
      }),
      { numRuns: 500 },
    );
  });

  it("leaves UIDs of the standard alone, and only those", () => {
    expect(one.uid("1.2.840.10008.1.4.1.1")).toBe("1.2.840.10008.1.4.1.1");
    expect(one.uid("1.2.840.10008999.1")).toMatch(/^2\.25\./);
    expect(one.uid("1.2.840.10008.Smith")).toMatch(/^2\.25\./);
  });

  it("knows a patient by ID and issuer, so that equal IDs of two issuers are two patients", () => {
    expect(one.patient(jane)).toEqual(one.patient({ ...jane }));
    expect(one.patient({ issuer: "OTHER", id: "4711" }).display).not.toBe(one.patient(jane).display);
    expect(one.patient({ issuer: "HOSP4", id: "711" }).display).not.toBe(one.patient(jane).display);
  });

  it("keeps patients without an ID apart by their studies", () => {
    const unknown = (studyInstanceUid: string): string =>
      one.patient(identityOf({ patientId: " ", issuerOfPatientId: "HOSP", studyInstanceUid })).display;
    expect(unknown("1.2.3")).not.toBe(unknown("1.2.4"));
  });

  it("shares nothing between two keys", () => {
    fc.assert(
      fc.property(uids, fc.string({ minLength: 1 }), (uid, id) => {
        const identity = { issuer: "", id };
        expect(one.uid(uid)).not.toBe(two.uid(uid));
        expect(one.patient(identity).display).not.toBe(two.patient(identity).display);
        expect(one.shortCode("accession", id)).not.toBe(two.shortCode("accession", id));
      }),
    );
  });

  it("gives equal values of two kinds two codes of sixteen characters", () => {
    expect(one.shortCode("accession", "77")).not.toBe(one.shortCode("study-id", "77"));
    expect(one.shortCode("study-id", "x".repeat(1000))).toMatch(/^[0-9A-Z]{16}$/);
  });

  it("shifts dates by whole days into the past, never by none", () => {
    const shifts = Array.from({ length: 2000 }, (_, id) => one.dateShift({ issuer: "", id: String(id) }));
    expect(shifts.every((days) => Number.isInteger(days) && days <= -1 && days >= -365)).toBe(true);
    expect(new Set(shifts).size).toBeGreaterThan(300);
  });

  it("refuses a key that is too short to protect anyone", () => {
    expect(() => createPseudonyms({ name: "short", secret: Buffer.alloc(8) })).toThrow("too short");
  });
});

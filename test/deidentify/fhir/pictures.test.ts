import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { contextOf, policyWith, resource, treated } from "./treating.ts";

const pixels = { create: { width: 24, height: 16, channels: 3, background: "#a04060" } } as const;
const exif = { IFD0: { Artist: "Maria Gonzales", Copyright: "Kanarius" }, IFD3: { GPSLatitude: "12/1 58/1 0/1" } };
const jpeg = await sharp(pixels).withExif(exif).jpeg().toBuffer();
const progressive = await sharp(pixels).withExif(exif).jpeg({ progressive: true }).toBuffer();
const png = await sharp(pixels).withExif(exif).png().toBuffer();

const reasonOf = (source: ReturnType<typeof resource>): string => {
  const result = policyWith().treat(source, contextOf());
  return result.outcome === "withheld" ? result.reason : "passed";
};

describe("pictures", () => {
  it("are held back unless they are asked for: Media, Binary, and documents that are nothing else", () => {
    const attachment = { contentType: "image/jpeg", url: "https://x.example/1.jpg" };
    expect(reasonOf(resource("Media", { status: "completed", content: attachment }))).toBe("picture");
    expect(reasonOf(resource("Binary", { contentType: "image/png", data: "AAAA" }))).toBe("picture");
    expect(reasonOf(resource("DocumentReference", { status: "current", content: [{ attachment }] }))).toBe("picture");
  });

  it("that were asked for lose what cameras write beside them, and stay the pictures they were", async () => {
    for (const [contentType, bytes] of [
      ["image/jpeg", jpeg],
      ["image/jpeg", progressive],
      ["image/png", png],
    ] as const) {
      expect(bytes.includes("Maria")).toBe(true);
      const withTail = Buffer.concat([bytes, Buffer.from("Maria behind the end")]);
      const source = resource("Binary", {
        contentType,
        data: withTail.toString("base64"),
        securityContext: { reference: "Patient/p1" },
      });
      const left = treated(source, { images: "include" });
      const stripped = Buffer.from(left["data"] as string, "base64");
      for (const secret of ["Maria", "Kanarius", "Exif"]) expect(stripped.includes(secret)).toBe(false);
      const [before, after] = await Promise.all([bytes, stripped].map((one) => sharp(one).raw().toBuffer()));
      expect(after!.equals(before!)).toBe(true);
    }
  });

  it("of other kinds, and broken ones, do not leave even then", () => {
    for (const data of ["R0lGODlhAQABAAAAACw=", jpeg.subarray(0, 40).toString("base64"), "", "Kanarius"]) {
      const result = policyWith({ images: "include" }).treat(
        resource("Binary", { contentType: "image/jpeg", data }),
        contextOf(),
      );
      expect(result).toEqual({ outcome: "withheld", reason: "not-listed" });
    }
  });
});

describe("documents", () => {
  it("leave as what they were, without text, URL, title, size or checksum", () => {
    const attachment = {
      contentType: "text/plain; charset=utf-8",
      data: "TWFyaWE=",
      url: "https://x.example",
      title: "Letter",
      size: 5,
      hash: "AA==",
    };
    const source = resource("DocumentReference", {
      status: "current",
      content: [{ attachment }],
      description: "Letter of Maria",
    });
    const left = treated(source);
    expect(left["content"]).toEqual([{ attachment: { contentType: "text/plain" } }]);
    expect(JSON.stringify(left)).not.toMatch(/Maria|TWFyaWE|x\.example/);
  });

  it("in Binary are held back: nobody looked into them", () => {
    expect(reasonOf(resource("Binary", { contentType: "application/pdf", data: "AAAA" }))).toBe("not-listed");
  });
});

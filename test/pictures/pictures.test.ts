import { mkdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import { PICTURE_WINDOW_HEADER, pictureUrl, type PictureInput } from "../../src/contract/pictures.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { openImage, renderPreview } from "../../src/main/render/image.ts";
import { answerPicture, isPicturePath, type PictureAnswer } from "../../src/main/shells/picture-answer.ts";
import { createWorkshop, syncAll, type Workshop } from "../jobs/workshop.ts";
import { encodePicture, words, type Picture } from "../render/picture.ts";
import { startOrthanc, type OrthancServer } from "../support/orthanc.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const never = new AbortController().signal;

/** A file of one picture that a sync takes: with patient, study and series. */
function fileOf(number: number, picture: Picture): Buffer {
  return encodePicture({
    ...picture,
    more: [
      { tag: 0x00080018, vr: "UI", values: `2.25.90${number}` },
      { tag: 0x00100010, vr: "PN", values: "Doe^Jane" },
      { tag: 0x00100020, vr: "LO", values: "P1" },
      { tag: 0x0020000d, vr: "UI", values: "2.25.91" },
      { tag: 0x0020000e, vr: "UI", values: "2.25.92" },
      { tag: 0x00200013, vr: "IS", values: String(number) },
      ...(picture.more ?? []),
    ],
  });
}

/** 12 bits, 0 to 4095 from left to right, window 1000 to 3000. */
const RAMP: Picture = {
  rows: 16,
  columns: 64,
  stored: 12,
  pixels: words(...Array.from({ length: 16 * 64 }, (_, index) => (index % 64) * 65)),
  more: [
    { tag: 0x00281050, vr: "DS", values: "2000" },
    { tag: 0x00281051, vr: "DS", values: "2000" },
    { tag: 0x00281052, vr: "DS", values: "-1000" },
  ],
};

/** The samples of a PNG of ours: greyscale, filter Sub in every row. */
function samplesOf(png: Buffer): { width: number; height: number; rows: number[][] } {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const data = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
  const rows = Array.from({ length: height }, (_, y) => {
    const row = [...data.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))];
    for (let x = 1; x < width; x++) row[x] = ((row[x] as number) + (row[x - 1] as number)) & 255;
    return row;
  });
  return { width, height, rows };
}

describe("pictures for a page", () => {
  const root = temporaryDirectory("pictures");
  const folder = join(root, "files");
  let workshop: Workshop;
  let app: App;
  let client: Client<Calls>;
  const ask = (input: PictureInput): Promise<PictureAnswer> =>
    answerPicture(app, new URL(pictureUrl(input), "http://page"), never);
  let ids: number[] = [];

  beforeAll(async () => {
    mkdirSync(folder);
    const cine: Picture = {
      rows: 32,
      columns: 32,
      frames: 5,
      allocated: 8,
      pixels: Buffer.from(Array.from({ length: 5 * 1024 }, (_, index) => 10 * Math.floor(index / 1024))),
    };
    const files: Picture[] = [
      RAMP,
      cine,
      { ...RAMP, photometric: "MONOCHROME1" },
      { rows: 4, columns: 4, samples: 3, allocated: 8, pixels: Buffer.alloc(48, 200) },
      { rows: 4, columns: 4, transferSyntax: "1.2.840.10008.1.2.4.100", fragments: [Buffer.alloc(0), Buffer.alloc(8)] },
      { rows: 4, columns: 4 },
      { rows: 4, columns: 4, pixels: Buffer.alloc(32, 1) },
    ];
    files.forEach((picture, index) => writeFileSync(join(folder, `${index}.dcm`), fileOf(index, picture)));
    workshop = await createWorkshop(root, { folder });
    ({ app, client } = await workshop.open());
    ids = await workshop.look(({ catalog }) =>
      catalog.all<{ id: number }>("SELECT id FROM instance ORDER BY instance_number").map(({ id }) => id),
    );
  });
  afterAll(() => app.close());

  test("a frame is the same picture, byte for byte, as the preview in a package", async () => {
    const { status, headers, body } = await ask({ instance: ids[0] ?? 0 });
    expect([status, headers["content-type"]]).toEqual([200, "image/png"]);
    const part10 = walkPart10(readFileSync(join(folder, "0.dcm")));
    expect(
      body.equals(
        renderPreview(
          openImage(part10, () => Buffer.alloc(0)),
          0,
        ),
      ),
    ).toBe(true);
    expect(headers[PICTURE_WINDOW_HEADER]).toBe("2000,2000");
  });

  test("no cache may keep a picture of a patient", async () => {
    for (const instance of [ids[0] ?? 0, 999_999]) {
      const { headers } = await ask({ instance });
      expect(headers["cache-control"]).toBe("private, no-store");
      expect(headers["x-content-type-options"]).toBe("nosniff");
    }
  });

  test("a window that is given takes the place of the instance's own, in modality units", async () => {
    const { headers, body } = await ask({ instance: ids[0] ?? 0, center: -500, width: 500 });
    expect(headers[PICTURE_WINDOW_HEADER]).toBe("-500,500");
    const [row = []] = samplesOf(body).rows;
    // Stored 0 is -1000 HU: black up to -750, white from -250 on, which is stored 750 and so the twelfth column.
    expect(row.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(row.slice(12)).toEqual(Array(52).fill(255));
    expect(row[8]).toBeGreaterThan(100);
    expect(row[8]).toBeLessThan(160);
    const inverted = samplesOf((await ask({ instance: ids[2] ?? 0, center: -500, width: 500 })).body).rows[0] ?? [];
    expect(inverted).toEqual(row.map((grey) => 255 - grey));
    // What somebody else looks at is not changed by it.
    expect((await ask({ instance: ids[0] ?? 0 })).headers[PICTURE_WINDOW_HEADER]).toBe("2000,2000");
  });

  test("colour heeds no window and tells none", async () => {
    const plain = await ask({ instance: ids[3] ?? 0 });
    const windowed = await ask({ instance: ids[3] ?? 0, center: 1, width: 2 });
    expect(plain.headers[PICTURE_WINDOW_HEADER]).toBeUndefined();
    expect(windowed.body.equals(plain.body)).toBe(true);
  });

  test("each frame of several is shown, and none beyond", async () => {
    const window = { center: 128, width: 256 };
    for (const frame of [0, 4, 2]) {
      const { rows } = samplesOf((await ask({ instance: ids[1] ?? 0, frame, ...window })).body);
      expect(new Set(rows.flat()).size).toBe(1);
      expect(rows[0]?.[0]).toBeCloseTo(frame * 10, -0.5);
    }
    expect((await ask({ instance: ids[1] ?? 0, frame: 5 })).status).toBe(415);
  });

  test("a thumbnail has the size asked for and the averages of what it stands for, and is never enlarged", async () => {
    const { width, height, rows } = samplesOf((await ask({ instance: ids[0] ?? 0, size: 16 })).body);
    expect([width, height]).toEqual([16, 4]);
    const whole = samplesOf((await ask({ instance: ids[0] ?? 0 })).body).rows[0] ?? [];
    rows[0]?.forEach((grey, x) => {
      const four = whole.slice(4 * x, 4 * x + 4);
      expect(Math.abs(grey - four.reduce((sum, one) => sum + one, 0) / 4)).toBeLessThanOrEqual(0.5);
    });
    const windowed = await ask({ instance: ids[0] ?? 0, size: 16, center: -500, width: 500 });
    expect(samplesOf(windowed.body).rows[0]).not.toEqual(rows[0]);
    const small = await ask({ instance: ids[0] ?? 0, size: 500 });
    expect(samplesOf(small.body).width).toBe(64);
  });

  test("what cannot be shown, is not there or was not asked rightly is told apart, without a word on the patient", async () => {
    const answers = await Promise.all([
      ask({ instance: ids[4] ?? 0 }),
      ask({ instance: ids[5] ?? 0 }),
      ask({ instance: 999_999 }),
      answerPicture(app, new URL("http://page/pictures/frame?instance=1&center=3"), never),
      answerPicture(app, new URL("http://page/pictures/frame?instance=../../etc"), never),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([415, 415, 404, 400, 400]);
    for (const { headers, body } of answers) {
      expect(headers["content-type"]).toBe("application/json");
      expect(JSON.parse(body.toString())).toMatchObject({ code: expect.any(String) as string });
      expect(body.toString()).not.toMatch(/Doe|P1\b|satchel-pictures/);
    }
    expect(isPicturePath("/pictures/frame")).toBe(true);
    expect(isPicturePath("/pictures/frame/..")).toBe(false);
  });

  test("a file that changed since the sync is not shown under the old name", async () => {
    const file = join(folder, "0.dcm");
    const before = await ask({ instance: ids[0] ?? 0, size: 32 });
    utimesSync(file, new Date(), new Date(1));
    await syncAll(client, "disk");
    utimesSync(file, new Date(), new Date(2));
    const { status, body } = await ask({ instance: ids[0] ?? 0, size: 32 });
    expect([status, (JSON.parse(body.toString()) as { code: string }).code]).toEqual([502, "CHECKSUM"]);
    writeFileSync(file, fileOf(0, { ...RAMP, photometric: "MONOCHROME1" }));
    await syncAll(client, "disk");
    const after = await ask({ instance: ids[0] ?? 0, size: 32 });
    expect(after.status).toBe(200);
    expect(after.body.equals(before.body)).toBe(false);
  });

  test("a source that is gone is a bad gateway, and pictures come again when it does", async () => {
    renameSync(folder, `${folder}-away`);
    expect((await ask({ instance: ids[6] ?? 0 })).status).toBe(502);
    renameSync(`${folder}-away`, folder);
    expect((await ask({ instance: ids[6] ?? 0 })).status).toBe(200);
  });

  test("many requests at once, some of them no longer wanted, leave none without an answer", async () => {
    const asked = Array.from({ length: 200 }, (_, index) => {
      const stop = new AbortController();
      const url = new URL(pictureUrl({ instance: ids[index % 4] ?? 0, size: 16 + index }), "http://page");
      const answer = answerPicture(app, url, stop.signal);
      if (index % 3 === 0) stop.abort();
      return answer;
    });
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(50);
    expect(statuses.every((status, index) => status === 200 || (status === 503 && index % 3 === 0))).toBe(true);
  });

  test("the header of an instance can be read beside its pictures", async () => {
    const { rows } = await client["find.tags"]({ instance: ids[0] ?? 0 });
    expect(rows).toContainEqual({ tag: "(0010,0010)", name: "Patient's Name", vr: "PN", depth: 0, value: "Doe^Jane" });
    expect(rows).toContainEqual({ tag: "(7FE0,0010)", name: "Pixel Data", vr: "OW", depth: 0, value: "[2048 bytes]" });
    await expect(client["find.tags"]({ instance: 999_999 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("nothing is shown while the workspace is locked", async () => {
    const { app: locked } = await workshop.open({ access: "read" });
    await locked.close();
    const answer = await answerPicture(locked, new URL(pictureUrl({ instance: 1 }), "http://page"), never);
    expect(answer.status).toBe(423);
  });
});

describe("pictures from an Orthanc server", () => {
  const root = temporaryDirectory("pictures-orthanc");
  let orthanc: OrthancServer;
  let app: App;
  let client: Client<Calls>;

  beforeAll(async () => {
    orthanc = await startOrthanc();
    const large: Picture = {
      rows: 2048,
      columns: 2048,
      frames: 5,
      allocated: 8,
      pixels: Buffer.alloc(5 * 2048 * 2048, 7),
    };
    for (const [number, picture] of [RAMP, large].entries())
      expect((await orthanc.upload(fileOf(number, picture))).status).toBe(200);
    const workshop = await createWorkshop(root);
    ({ app, client } = await workshop.open());
    await client["sources.add"]({
      name: "server",
      kind: "orthanc",
      config: { url: orthanc.url, auth: { kind: "basic", user: orthanc.user } },
      secret: orthanc.password,
    });
    await syncAll(client, "server");
  });
  afterAll(async () => {
    await app.close();
    await orthanc.stop();
  });

  test("frames of small and of large instances come, and the second one without asking the server again", async () => {
    const ask = (input: PictureInput): Promise<PictureAnswer> =>
      answerPicture(app, new URL(pictureUrl(input), "http://page"), never);
    const answers = [await ask({ instance: 1 }), await ask({ instance: 2, frame: 3, size: 64 })];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await orthanc.kill();
    expect((await ask({ instance: 2, frame: 4, size: 64 })).status).toBe(200);
    expect((await ask({ instance: 1, center: 1, width: 2 })).status).toBe(200);
    await expect(client["find.tags"]({ instance: 1 })).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
  });
});

import { readdirSync, readlinkSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createOpenInstances } from "../../src/main/pictures/open-instances.ts";
import { createSourceReaders } from "../../src/main/review/source-readers.ts";
import type { InstancePlace } from "../../src/main/review/side-messages.ts";
import { stampOf } from "../../src/main/sources/folder/open-file.ts";
import { instanceFile, instanceHeader, pixelDataHeader } from "../exports/instance-file.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const never = new AbortController().signal;

describe.skipIf(process.platform !== "linux")("instances that are kept open for their next frame", () => {
  const folder = temporaryDirectory("open-instances");

  /** Files below the folder that this process has open. */
  function openFiles(): number {
    const links = readdirSync("/proc/self/fd").map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        return "";
      }
    });
    return links.filter((link) => link.startsWith(`${folder}/`)).length;
  }

  function placeOf(name: string, bytes: Buffer): InstancePlace {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const stat = statSync(path, { bigint: true });
    return {
      source: { id: 1, kind: "folder", config: { path: folder }, secret: undefined },
      locator: { ref: name, size: bytes.length, stamp: stampOf(stat) },
      scratch: folder,
    };
  }
  const small = (number: number): InstancePlace =>
    placeOf(`${number}.dcm`, instanceFile({ patientId: "P", study: "2.25.1", instance: `2.25.${number}`, frames: 3 }));

  test("a file that nobody looks at any more is let go, and opened again when somebody does", async () => {
    const instances = createOpenInstances(createSourceReaders(), 20);
    const place = small(1);
    expect(await instances.use(place, never, (image) => image.frames)).toBe(3);
    while (openFiles() > 0) await setTimeout(5);
    expect(await instances.use(place, never, (image) => image.frame(2).width)).toBe(8);
    instances.close();
    expect(openFiles()).toBe(0);
  });

  test("however many are looked at, few stay open", async () => {
    const instances = createOpenInstances(createSourceReaders());
    for (let number = 10; number < 90; number++) await instances.use(small(number), never, (image) => image.frame(0));
    expect(openFiles()).toBeGreaterThan(0);
    expect(openFiles()).toBeLessThanOrEqual(32);
    instances.close();
    expect(openFiles()).toBe(0);
  });

  test("what they hold in memory stays below its limit", async () => {
    const instances = createOpenInstances(createSourceReaders());
    const pixels = Buffer.alloc(12 * 1024 * 1024, 3);
    const header = (number: number): Buffer =>
      instanceHeader({
        patientId: "P",
        study: "2.25.1",
        instance: `2.25.${number}`,
        rows: 1024,
        columns: 1024,
        frames: 12,
      });
    for (let number = 100; number < 110; number++) {
      const bytes = Buffer.concat([header(number), pixelDataHeader(pixels.length), pixels]);
      await instances.use(placeOf(`${number}.dcm`, bytes), never, (image) => image.frame(11));
    }
    // 64 MiB hold five of them.
    expect(openFiles()).toBeLessThanOrEqual(5);
    instances.close();
  });

  test("many frames of one instance asked for at once open it once, and one that is cancelled fails alone", async () => {
    const instances = createOpenInstances(createSourceReaders());
    const place = small(2);
    const cancelled = AbortSignal.abort();
    const asked = [cancelled, never, never, never].map((signal) =>
      instances.use(place, signal, (image) => image.frame(1).height),
    );
    const settled = await Promise.allSettled(asked);
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled", "fulfilled"]);
    expect(openFiles()).toBe(1);
    instances.close();
  });
});

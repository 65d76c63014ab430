import { expect, test } from "vitest";
import { SyncMarks } from "../../src/main/jobs/sync-marks.ts";

const PART = 100 * 1024 * 1024;

/** Marks that are made when the test says so. */
function slowMarks(): { marks: SyncMarks; begun: () => number; end: (failure?: Error) => void } {
  const waiting: { resolve: () => void; reject: (failure: Error) => void }[] = [];
  let begun = 0;
  const marks = new SyncMarks(
    () =>
      new Promise((resolve, reject) => {
        begun += 1;
        waiting.push({ resolve, reject });
      }),
  );
  const end = (failure?: Error): void => {
    const mark = waiting.shift();
    if (failure === undefined) mark?.resolve();
    else mark?.reject(failure);
  };
  return { marks, begun: () => begun, end };
}

test("what is written is made durable a quarter of a gigabyte at a time, one mark after the other", async () => {
  const { marks, begun, end } = slowMarks();
  for (let part = 0; part < 2; part++) marks.wrote(PART);
  expect(begun()).toBe(0);
  for (let part = 0; part < 6; part++) marks.wrote(PART);
  expect(begun()).toBe(1);
  end();
  await marks.settle();
  marks.wrote(1);
  expect(begun()).toBe(2);
});

test("a disk that fails ends the run with its own error, also where nothing is written any more", async () => {
  const { marks, end } = slowMarks();
  marks.wrote(3 * PART);
  marks.assertDurable();
  end(new Error("no space left"));
  await marks.settle();
  expect(() => marks.assertDurable()).toThrow("no space left");
});

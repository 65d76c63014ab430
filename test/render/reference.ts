import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runChecked } from "../support/run-command.ts";

export interface Pnm {
  width: number;
  height: number;
  channels: 1 | 3;
  pixels: Buffer;
}

/** What DCMTK makes of a frame, as raw PGM or PPM. `how` are dcmj2pnm's options for the window, overlays are left out. */
export async function renderWithDcmtk(file: string, folder: string, how: readonly string[], frame = 0): Promise<Pnm> {
  const out = join(folder, "reference.pnm");
  await runChecked("dcmj2pnm", ["+F", String(frame + 1), "-O", ...how, "--write-raw-pnm", file, out]);
  return parsePnm(readFileSync(out));
}

function parsePnm(bytes: Buffer): Pnm {
  const head = /^P([56])\s+(?:#.*\n)*(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString("latin1", 0, 200));
  if (head === null) throw new Error("not a raw PNM of 8 bits");
  return {
    width: Number(head[2]),
    height: Number(head[3]),
    channels: head[1] === "5" ? 1 : 3,
    pixels: bytes.subarray(head[0].length),
  };
}

/** Greatest and mean difference of two pictures. */
export function difference(a: Buffer, b: Buffer): { greatest: number; mean: number } {
  if (a.length !== b.length) throw new Error(`${a.length} samples against ${b.length}`);
  let greatest = 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const delta = Math.abs((a[i] as number) - (b[i] as number));
    if (delta > greatest) greatest = delta;
    sum += delta;
  }
  return { greatest, mean: sum / a.length };
}

import { z } from "./schema.ts";

/** Why an instance may show identity in a way the policy cannot clean. Stable: receipts, job logs and screens count by them. */
export const HELD_CODES = [
  "structured-report",
  "encapsulated-document",
  "presentation-state",
  "annotated-waveform",
  "burned-in-annotation",
  "secondary-capture",
  "screen-or-dose-sheet",
  "ultrasound-without-regions",
  "endoscopy",
  "photograph",
  "slide-label",
  "overlay-in-pixel-data",
  "private-object",
  "directory",
  "bytes-behind-pixels",
  "inventory",
] as const;
export type HeldCode = (typeof HELD_CODES)[number];

/** With the code HELD_BACK: what the sentence of the reason says, for a screen to say in its own language. An instance may have several. */
export const heldCodes = z.array(z.enum(HELD_CODES)).optional();

/** Things that are not there, grouped by why. */
export const countedReason = z.object({ code: z.string(), reason: z.string(), count: z.int(), held: heldCodes });
export type CountedReason = z.infer<typeof countedReason>;

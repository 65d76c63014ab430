import type { IdentifyingValues } from "../identifying-values.ts";
import { findInText, needlesOf, type Needle, type NeedleKind } from "./needles.ts";

/** Something identifying in an output. Says where and what kind, never the value. */
export interface SweepHit {
  /** A tag path such as "(0040,0275)[0](0040,0007)", or what the caller named: "entry name", "patient_data.json". */
  where: string;
  kind: NeedleKind;
}

/** Compiles the values once for many texts: names of entries, JSON documents, the package's metadata. */
export function createTextSweep(values: IdentifyingValues): (text: string, where: string) => SweepHit[] {
  const needles: readonly Needle[] = needlesOf(values);
  return (text, where) =>
    [...new Set(findInText(needles, text).map(({ kind }) => kind))].map((kind) => ({ where, kind }));
}

/** Looks for identifying values in one text. For many texts, `createTextSweep` is cheaper. */
export function sweepText(values: IdentifyingValues, text: string, where: string): SweepHit[] {
  return createTextSweep(values)(text, where);
}

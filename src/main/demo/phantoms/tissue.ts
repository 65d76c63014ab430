/**
 * What the phantoms are made of. A slice is first painted with tissue numbers and only then turned into pixel values, so that
 * one anatomy serves CT and every MR weighting. Signals are plausible round figures, not measurements.
 */
interface TissueSignals {
  /** CT number in Hounsfield units. */
  ct: number;
  /** The same in the portal venous phase; equal to `ct` where a tissue takes up no contrast medium. */
  enhanced: number;
  /** MR signals of 0-1000 for T1-, T2- and fluid-attenuated T2-weighted images. */
  t1: number;
  t2: number;
  flair: number;
  /** Strength of the slow variation within the tissue, as a share of the CT or MR range. */
  texture: number;
}

function tissue(ct: number, enhanced: number, t1: number, t2: number, flair: number, texture: number): TissueSignals {
  return { ct, enhanced, t1, t2, flair, texture };
}

export const TISSUES = {
  air: tissue(-1000, -1000, 4, 4, 4, 0),
  lung: tissue(-865, -860, 30, 25, 25, 22),
  fat: tissue(-98, -95, 930, 640, 480, 10),
  skin: tissue(20, 30, 420, 260, 240, 4),
  muscle: tissue(55, 66, 370, 180, 200, 9),
  bone: tissue(1120, 1120, 40, 35, 35, 50),
  spongiosa: tissue(320, 325, 640, 330, 260, 50),
  grey: tissue(39, 46, 420, 560, 560, 1.5),
  white: tissue(28, 32, 610, 380, 400, 1.5),
  csf: tissue(6, 6, 130, 960, 70, 2),
  blood: tissue(46, 170, 160, 90, 90, 4),
  artery: tissue(48, 200, 170, 80, 80, 4),
  liver: tissue(58, 112, 560, 260, 280, 10),
  spleen: tissue(50, 124, 400, 470, 430, 7),
  renalCortex: tissue(34, 188, 520, 480, 420, 8),
  renalMedulla: tissue(30, 140, 400, 620, 450, 8),
  urine: tissue(4, 4, 150, 950, 90, 2),
  bile: tissue(10, 10, 300, 930, 160, 2),
  bowel: tissue(35, 76, 360, 380, 350, 16),
  heart: tissue(48, 118, 400, 330, 330, 6),
  disc: tissue(82, 82, 330, 560, 380, 6),
  cartilage: tissue(92, 92, 520, 610, 520, 5),
  tendon: tissue(95, 95, 70, 60, 60, 4),
  haemorrhage: tissue(72, 72, 520, 300, 520, 8),
  oedema: tissue(20, 21, 330, 840, 900, 8),
  tumour: tissue(42, 86, 350, 720, 800, 16),
  effusion: tissue(9, 9, 160, 960, 140, 3),
  nodule: tissue(38, 72, 400, 500, 500, 10),
  tableTop: tissue(-640, -640, 4, 4, 4, 8),
} as const satisfies Record<string, TissueSignals>;

export type TissueName = keyof typeof TISSUES;

const NAMES = Object.keys(TISSUES) as TissueName[];

/** The number a tissue is painted with; air is 0. */
export const TISSUE_INDEX = Object.fromEntries(NAMES.map((name, index) => [name, index])) as Record<TissueName, number>;

export const TISSUE_COUNT = NAMES.length;

export type Weighting = "ct" | "enhanced" | "t1" | "t2" | "flair";

/** Signal by tissue number. */
export function signalTable(weighting: Weighting): Float32Array {
  return Float32Array.from(NAMES, (name) => TISSUES[name][weighting]);
}

/** Strength of texture by tissue number. */
export function textureTable(): Float32Array {
  return Float32Array.from(NAMES, (name) => TISSUES[name].texture);
}

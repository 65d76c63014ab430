/** What a unit is of the unit that a measure is told in: `value * factor + offset`. */
interface Conversion {
  factor: number;
  offset?: number;
}

export interface Dimension {
  /** Everything is told in this. */
  unit: string;
  conversions: Readonly<Record<string, Conversion>>;
}

/** Glucose, C6H12O6, weighs 180.156 g/mol (IUPAC standard atomic weights 2021): 1 mmol/L is 18.0156 mg/dL. */
const GLUCOSE = 18.0156;
/** International avoirdupois pound (1959). */
const POUND = 0.453_592_37;
/** US customary gallon: 231 cubic inches. */
const GALLON = 3.785_411_784;

const only = (unit: string): Dimension => ({ unit, conversions: { [unit]: { factor: 1 } } });

/** Units as the schemas of Open mHealth write them (unit-value schemas 1.0, 1.1). */
export const DIMENSIONS = {
  glucose: { unit: "mg/dL", conversions: { "mg/dL": { factor: 1 }, "mmol/L": { factor: GLUCOSE } } },
  pressure: only("mmHg"),
  rate: only("beats/min"),
  breaths: only("breaths/min"),
  percent: only("%"),
  steps: only("steps"),
  flow: only("L/min"),
  energy: only("kcal"),
  temperature: {
    unit: "C",
    conversions: { C: { factor: 1 }, K: { factor: 1, offset: -273.15 }, F: { factor: 5 / 9, offset: -160 / 9 } },
  },
  duration: {
    unit: "min",
    conversions: {
      ps: { factor: 1 / 60e12 },
      ns: { factor: 1 / 60e9 },
      us: { factor: 1 / 60e6 },
      ms: { factor: 1 / 60e3 },
      sec: { factor: 1 / 60 },
      min: { factor: 1 },
      h: { factor: 60 },
      d: { factor: 1440 },
      wk: { factor: 10_080 },
    },
  },
  heartbeat: { unit: "ms", conversions: { ms: { factor: 1 }, sec: { factor: 1000 }, us: { factor: 0.001 } } },
  mass: {
    unit: "kg",
    conversions: {
      fg: { factor: 1e-18 },
      pg: { factor: 1e-15 },
      ng: { factor: 1e-12 },
      ug: { factor: 1e-9 },
      mg: { factor: 1e-6 },
      g: { factor: 1e-3 },
      kg: { factor: 1 },
      "Metric Ton": { factor: 1000 },
      gr: { factor: POUND / 7000 },
      oz: { factor: POUND / 16 },
      lb: { factor: POUND },
      Ton: { factor: POUND * 2000 },
    },
  },
  length: {
    unit: "m",
    conversions: {
      fm: { factor: 1e-15 },
      pm: { factor: 1e-12 },
      nm: { factor: 1e-9 },
      um: { factor: 1e-6 },
      mm: { factor: 1e-3 },
      cm: { factor: 0.01 },
      m: { factor: 1 },
      km: { factor: 1000 },
      in: { factor: 0.0254 },
      ft: { factor: 0.3048 },
      yd: { factor: 0.9144 },
      mi: { factor: 1609.344 },
    },
  },
  volume: {
    unit: "L",
    conversions: {
      fL: { factor: 1e-15 },
      pL: { factor: 1e-12 },
      nL: { factor: 1e-9 },
      uL: { factor: 1e-6 },
      mL: { factor: 1e-3 },
      cL: { factor: 0.01 },
      dL: { factor: 0.1 },
      L: { factor: 1 },
      kL: { factor: 1000 },
      gal: { factor: GALLON },
      qt: { factor: GALLON / 4 },
      pt: { factor: GALLON / 8 },
      "fl oz": { factor: GALLON / 128 },
    },
  },
} satisfies Readonly<Record<string, Dimension>>;

/** Other spellings of a dimension's units, met in real data and in UCUM. "unknown" is met too, and stays unknown. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  "mg/dL": ["MGDL", "mg/dl", "MG/DL"],
  "mmol/L": ["mmol/l", "MMOLL"],
  mmHg: ["mm[Hg]", "mm Hg"],
  "beats/min": ["/min", "{beats}/min", "bpm"],
  "breaths/min": ["/min", "{breaths}/min"],
  lb: ["[lb_av]", "lbs"],
  in: ["[in_i]"],
  ft: ["[ft_i]"],
  C: ["Cel", "°C", "degC"],
  F: ["[degF]", "°F", "degF"],
  sec: ["s"],
};

export interface Converted {
  /** In the unit of the dimension, at most four decimals; null where the unit is not known: nothing is guessed. */
  value: number | null;
  /** The unit was written in a way that its schema does not have. */
  respelled: boolean;
}

export function convert(value: number, unit: string, { conversions }: Dimension): Converted {
  const isOwn = Object.hasOwn(conversions, unit);
  const meant = isOwn ? unit : Object.keys(conversions).find((name) => SPELLINGS[name]?.includes(unit) === true);
  const conversion = meant === undefined ? undefined : conversions[meant];
  if (conversion === undefined) return { value: null, respelled: false };
  const converted = value * conversion.factor + (conversion.offset ?? 0);
  return { value: Math.round(converted * 1e4) / 1e4, respelled: !isOwn };
}

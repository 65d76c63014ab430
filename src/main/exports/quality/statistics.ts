/** What is told of the values of one measure in one unit. */
export interface MeasureStatistics {
  count: number;
  mean: number;
  /** Of a sample (n - 1); 0 of a single value. */
  standardDeviation: number;
  minimum: number;
  lowerQuartile: number;
  median: number;
  upperQuartile: number;
  maximum: number;
}

/** Values beyond are called outliers: three standard deviations from the mean, or one and a half interquartile ranges from the quartiles. */
const DEVIATIONS = 3;
const RANGES = 1.5;

/** @param values at least one; sorted in place */
export function statisticsOf(values: Float64Array): MeasureStatistics {
  values.sort();
  const count = values.length;
  let mean = 0;
  let squares = 0;
  // Welford's way: exact enough for any size, in one pass.
  for (const [index, value] of values.entries()) {
    const step = value - mean;
    mean += step / (index + 1);
    squares += step * (value - mean);
  }
  return {
    count,
    mean,
    standardDeviation: count < 2 ? 0 : Math.sqrt(squares / (count - 1)),
    minimum: values[0]!,
    lowerQuartile: quantile(values, 0.25),
    median: quantile(values, 0.5),
    upperQuartile: quantile(values, 0.75),
    maximum: values[count - 1]!,
  };
}

/** By which rules a value is far from the rest. */
export function outlierRules(value: number, of: MeasureStatistics): ("3-sd" | "iqr")[] {
  const range = of.upperQuartile - of.lowerQuartile;
  const isFarFromMean = of.standardDeviation > 0 && Math.abs(value - of.mean) > DEVIATIONS * of.standardDeviation;
  const isFarFromQuartiles =
    range > 0 && (value < of.lowerQuartile - RANGES * range || value > of.upperQuartile + RANGES * range);
  return [...(isFarFromMean ? (["3-sd"] as const) : []), ...(isFarFromQuartiles ? (["iqr"] as const) : [])];
}

/** Linear between the two nearest (type 7 of Hyndman and Fan, what NumPy, R and spreadsheets do). */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const value = sorted[below]!;
  return value + ((sorted[below + 1] ?? value) - value) * (place - below);
}

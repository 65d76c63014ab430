import type { Labels } from "./labels/en/index.ts";
import type { Format } from "./parts/format.ts";

interface IncompleteType {
  type: string;
  count: number;
  expected: number | null;
  received: number | null;
}

/** So many types are named each; the others are counted. */
const NAMED = 3;

/** Whether the source told of more than came; otherwise only that something went wrong when it came. */
export function isShort({ expected, received, count }: IncompleteType): boolean {
  return expected !== null && (received ?? count) < expected;
}

/** Sentences about types that are not all there, or of which that is not certain: what is surely missing first. */
export function sayIncomplete(
  types: readonly IncompleteType[],
  { card: labels }: Labels["resourceSources"],
  format: Format,
): string[] {
  const short = types.filter(isShort);
  const uncertain = [...new Set(types.filter((one) => !isShort(one)).map(({ type }) => type))];
  const rest = short.length - NAMED;
  return [
    ...short
      .slice(0, NAMED)
      .map(({ type, count, received, expected }) =>
        labels.incompleteType(type, format.count(received ?? count), format.count(expected ?? 0)),
      ),
    ...(rest > 0 ? [labels.moreIncomplete(format.count(rest))] : []),
    ...(uncertain.length === 0 ? [] : [labels.uncertain(listOf(uncertain, format))]),
  ];
}

function listOf(types: readonly string[], format: Format): string {
  const rest = types.length - NAMED;
  return rest > 0 ? `${types.slice(0, NAMED).join(", ")} (+${format.count(rest)})` : format.list(types);
}

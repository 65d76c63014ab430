import { isDate, redactDate } from "./redact.ts";
import type { Method } from "./method.ts";
import type { TypedNode } from "./node.ts";
import { readDate, tellsOldAge, type ReadDate } from "./partial-values.ts";
import type { RuleParameters } from "./rules.ts";

const SEED = 131;
/** Days, either way. */
const RANGE = 50;
const DAY = 86_400_000;

/**
 * Days are shifted, times become zeros. Dates without a day, of more than 89 years ago, or of a day that no calendar has, are redacted.
 *
 * The offset is drawn from key and scope as Microsoft's tool does. Scopes: `resource` is the id of the outermost resource, as it is when the rule
 * comes to it; a `file` is what an NDJSON export calls the type's ("Patient.ndjson"); a `folder` is a source, by its issuer of ids.
 *
 * @param key dateShiftKey
 * @param today ISO date
 */
export function createDateShift(
  fixedOffset: number | undefined,
  key: string,
  parameters: RuleParameters,
  today: string,
): Method {
  return (node, around) => {
    if (node.text === "" || !isDate(node)) return;
    const date = readDate(node.text, node.type);
    const day = date === undefined || tellsOldAge(date, today) ? undefined : dayOf(date);
    if (date === undefined || day === undefined) {
      redactDate(node, around, parameters, today);
      return;
    }
    const offset = fixedOffset ?? offsetOf(prefixOf(node, around.context.issuer, parameters) + key);
    const time = date.time.replaceAll(/\d(?=[\d:.]*(?:Z|[+-]))/g, "0");
    node.value =
      new Date(day + offset * DAY).toISOString().slice(0, 10) + (node.type === "instant" ? asInstant(time) : time);
    around.record("perturb", "shifted");
  };
}

/** DateTimeUtility of Microsoft's tool: 101 offsets. */
export function offsetOf(text: string): number {
  let offset = 0;
  for (const byte of Buffer.from(text)) offset = (offset * SEED + byte) % (2 * RANGE + 1);
  return offset - RANGE;
}

function prefixOf(node: TypedNode, issuer: string, { dateShiftScope }: RuleParameters): string {
  const root = node.outermost();
  const id = root.named("id")[0]?.text ?? "";
  if (dateShiftScope === "resource") return id;
  const prefix = dateShiftScope === "file" ? `${root.type}.ndjson` : issuer;
  return prefix === "" ? id : prefix;
}

/** Milliseconds of the beginning of the day, as if it were UTC; undefined where no calendar has it, or the date does not say it. */
function dayOf({ year, month, day }: ReadDate): number | undefined {
  if (day === "") return undefined;
  const at = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).getUTCDate() !== Number(day) ? undefined : at;
}

/** Both tools keep instants as moments: UTC is written as an offset, and a fraction of nothing but zeros not at all. */
function asInstant(time: string): string {
  return time.replace(/\.0+(?=Z|[+-])/, "").replace(/Z$/, "+00:00");
}

import { elementsOf } from "../../deidentify/fhir/element-tables.ts";
import { isJsonObject, type Resource } from "../../fhir/json.ts";

export const DATE_PROBLEMS = ["before-1900", "future", "before-birth", "after-death", "end-before-start"] as const;
export type DateProblem = (typeof DATE_PROBLEMS)[number];

/** A date that cannot be right, by the element in which it stands: the date itself is not told. */
export interface DateFinding {
  element: string;
  problem: DateProblem;
}

/** What is known of the patient's life. ISO dates, perhaps partial; "" where unknown. */
export interface Lifetime {
  birth: string;
  death: string;
}

const DATE = /^\d{4}(?:-\d{2}(?:-\d{2})?)?(?:T.*)?$/;
/** Types whose dates lie ahead by their nature. */
const PLANS = new Set([
  "Appointment",
  "AppointmentResponse",
  "CarePlan",
  "Goal",
  "Schedule",
  "ServiceRequest",
  "Slot",
  "Coverage",
]);
/** Elements that tell when something was written down, which may be after a death. */
const RECORDED = new Set([
  "issued",
  "date",
  "recordedDate",
  "authoredOn",
  "authored",
  "lastModified",
  "recorded",
  "dateAsserted",
  "created",
]);
/** Of periods that may end in the future. */
const OPEN_ENDED = new Set(["period", "executionPeriod", "restriction"]);

/**
 * Dates of a resource (its own elements, and starts and ends of its periods) that cannot be right.
 *
 * @param today ISO date: tomorrow is still allowed, since clocks of the world differ
 */
export function dateFindings(resource: Resource, { birth, death }: Lifetime, today: string): DateFinding[] {
  const findings: DateFinding[] = [];
  const tomorrow = new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10);
  const check = (element: string, text: string, mayBeAhead: boolean): void => {
    const day = text.slice(0, 10);
    if (day.slice(0, 4) < "1900") findings.push({ element, problem: "before-1900" });
    if (!mayBeAhead && isAfter(day, tomorrow)) findings.push({ element, problem: "future" });
    if (resource.resourceType === "Patient") return;
    if (birth !== "" && isAfter(birth.slice(0, 10), day)) findings.push({ element, problem: "before-birth" });
    if (death !== "" && !RECORDED.has(element) && isAfter(day, death.slice(0, 10)))
      findings.push({ element, problem: "after-death" });
  };
  const isPlan = PLANS.has(resource.resourceType);
  const names = namesOf(resource.resourceType);
  for (const [element, value] of Object.entries(resource)) {
    // A name that FHIR does not have may be anybody's.
    if (!names.has(element)) continue;
    if (typeof value === "string" && DATE.test(value) && looksLikeTime(element)) check(element, value, isPlan);
    if (!isJsonObject(value)) continue;
    const { start, end } = value;
    const times = [start, end].map((time) => (typeof time === "string" && DATE.test(time) ? time : undefined));
    const [from, to] = times;
    if (from !== undefined) check(`${element}.start`, from, isPlan);
    if (to !== undefined) check(`${element}.end`, to, isPlan || OPEN_ENDED.has(element));
    if (from !== undefined && to !== undefined && isEarlier(to, from))
      findings.push({ element, problem: "end-before-start" });
  }
  return findings;
}

const NAMES = new Map<string, ReadonlySet<string>>();

/** Names of elements as they stand in JSON: "effective[x]" is "effectiveDateTime" and its like. */
function namesOf(type: string): ReadonlySet<string> {
  let names = NAMES.get(type);
  if (names === undefined) {
    const choices = [...elementsOf(type)].flatMap(([name, { datatypes }]) =>
      name.endsWith("[x]")
        ? datatypes.map((one) => `${name.slice(0, -3)}${one.slice(0, 1).toUpperCase()}${one.slice(1)}`)
        : [name],
    );
    NAMES.set(type, (names = new Set(choices)));
  }
  return names;
}

/** A number of a version may look like a year. */
function looksLikeTime(element: string): boolean {
  return /(?:date|time|instant|issued|authored|onset|recorded|created|modified|abatement|lastModified)/i.test(element);
}

/** As far as both are precise. */
function isAfter(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length) > other.slice(0, length);
}

function isEarlier(one: string, other: string): boolean {
  if (one.length <= 10 || other.length <= 10) return isAfter(other.slice(0, 10), one.slice(0, 10));
  return Date.parse(one) < Date.parse(other);
}

import type { CountedReason, HeldCode } from "../contract/held.ts";
import type { JobLogEvent, JobLogRow } from "../contract/job-log.ts";
import type { NoticeMeaning } from "../contract/notice.ts";
import { TABLE_NOTICE_CODES, type TableNoticeCode, type TableOptionCode } from "../contract/table-notice.ts";
import type { Labels } from "./labels/en/index.ts";
import type { Format } from "./parts/format.ts";

/** Why things are not in a package, in the user's language: what holds them back, or what failed with the engine's details. */
export function sayReason(
  { code, reason, held = [] }: Pick<CountedReason, "code" | "reason" | "held">,
  { engine, errors }: Labels,
): string {
  if (held.length > 0) return sayHeld(held, engine);
  if (!Object.hasOwn(errors.codes, code)) return reason;
  return engine.failure(errors.codes[code as keyof typeof errors.codes].title, reason);
}

function sayHeld(held: readonly HeldCode[], engine: Labels["engine"]): string {
  return held.map((code) => engine.held[code]).join(" ");
}

/** A sentence of a receipt; in the engine's words where it is of another version. */
export function sayNotice(
  sentence: string,
  meaning: NoticeMeaning | null | undefined,
  engine: Labels["engine"],
  format: Format,
): string {
  if (meaning === null || meaning === undefined) return sentence;
  const { code, count, params = {} } = meaning;
  if (code === "analysis-values-dropped" && count !== undefined)
    return engine.analysisValuesDropped(format.count(count));
  if (!isOfTable(code)) return engine.notices[code];
  return engine.tables.notices[code].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? "";
    return typeof value === "number" ? format.count(value) : value;
  });
}

function isOfTable(code: NoticeMeaning["code"]): code is TableNoticeCode {
  return (TABLE_NOTICE_CODES as readonly string[]).includes(code);
}

/** What the policy of a table's receipt says was done; in the engine's words where they are of another version. */
export function sayOption(
  words: string,
  meaning: TableOptionCode | null | undefined,
  engine: Labels["engine"],
): string {
  return meaning === null || meaning === undefined ? words : engine.tables.options[meaning];
}

/** A line of an export's log; in the engine's words where it is of an earlier version. */
export function sayLogRow({ event, params, text }: JobLogRow, labels: Labels, format: Format): string {
  return event === null ? text : SAY[event](new Told(params, labels, format), labels.engine.log);
}

type Log = Labels["engine"]["log"];

const SAY: Record<JobLogEvent, (told: Told, log: Log) => string> = {
  planned: (told, log) => log.planned(told.packages("packages"), told.instances("instances")),
  "planned-rows": (told, log) => log.plannedRows(told.rows("rows"), told.count("patients")),
  "planned-anew": (told, log) => log.plannedAnew(told.rows("rows"), told.count("patients")),
  "planned-resources": (told, log) => log.plannedResources(told.count("resources"), told.count("patients")),
  "planned-resources-anew": (told, log) => log.plannedResourcesAnew(told.count("resources"), told.count("patients")),
  waiting: (_, log) => log.waiting,
  "waiting-for-sync": (_, log) => log.waitingForSync,
  started: (_, log) => log.started,
  resumed: (_, log) => log.resumed,
  "package-began": (told, log) => log.packageBegan(told.text("name"), told.count("number"), told.count("of")),
  "package-made": (told, log) =>
    (told.number("incomplete") > 0 ? log.packageIncomplete : log.packageMade)(told.text("name"), told.files("files")),
  "left-out": (told, log) => {
    const code = told.text("code");
    const say = code === "HELD_BACK" ? log.heldBack : code === "CANNOT_RENDER" ? log.withoutPreview : log.notExported;
    return say(told.text("name"), told.count("count"), told.reason());
  },
  paused: (told, log) => log.paused(told.made()),
  "paused-waiting": (_, log) => log.pausedWaiting,
  "paused-by-error": (told, log) => log.pausedByError(told.made()),
  interrupted: (told, log) => log.interrupted(told.made()),
  crashed: (_, log) => log.crashed,
  cancelled: (told, log) => log.cancelled(told.made()),
  "given-up": (_, log) => log.givenUp,
  failed: (told, log) => log.failed(told.made()),
  ended: (told, log) =>
    told.number("incomplete") > 0 ? log.endedIncomplete(told.made(), told.count("incomplete")) : log.ended(told.made()),
  "not-resumed": (_, log) => log.notResumed,
  retries: (told, log) => log.retries(told.text("job")),
  retried: (told, log) => log.retried(told.text("job")),
};

/** The parameters of an event (contract/job-log.ts), as the user's language and region write them. */
class Told {
  readonly #params: JobLogRow["params"];
  readonly #labels: Labels;
  readonly #format: Format;

  constructor(params: JobLogRow["params"], labels: Labels, format: Format) {
    this.#params = params;
    this.#labels = labels;
    this.#format = format;
  }
  text(name: string): string {
    return String(this.#params[name] ?? "");
  }
  number(name: string): number {
    return Number(this.#params[name] ?? 0);
  }
  count(name: string): string {
    return this.#format.count(this.number(name));
  }
  packages(name: string): string {
    return this.#labels.jobs.packages(this.number(name), this.count(name));
  }
  instances(name: string): string {
    return this.#labels.jobs.instances(this.number(name), this.count(name));
  }
  rows(name: string): string {
    return this.#labels.jobs.picked.records(this.number(name), this.count(name));
  }
  files(name: string): string {
    return this.#labels.packages.files(this.number(name), this.count(name));
  }
  made(): string {
    return this.#labels.engine.log.madeOf(this.count("made"), this.packages("of"));
  }
  reason(): string {
    const known = Object.keys(this.#labels.engine.held) as HeldCode[];
    const codes = this.text("held").split(",");
    const held = known.filter((code) => codes.includes(code));
    return sayReason({ code: this.text("code"), reason: this.text("reason"), held }, this.#labels);
  }
}

/** What is written into the log of a job: without patient data beyond the names of packages, which the catalog holds already. */
import type { ErrorRecord } from "../../contract/errors.ts";
import type { JobLogEvent } from "../../contract/job-log.ts";
import type { JobResult, PackageResult } from "../../contract/job.ts";
import type { Catalog } from "../catalog/database.ts";
import type { DatasetPlan, SummaryPlan, TablePlan } from "./stored-plan.ts";
import { addJobLog } from "../catalog/job-log.ts";

interface Made {
  made: number;
  of: number;
}

/** What each event is told with: see JOB_LOG_EVENTS. */
interface Told {
  planned: { packages: number; instances: number };
  "planned-rows": { rows: number; patients: number };
  "planned-anew": { rows: number; patients: number };
  "planned-resources": { resources: number; patients: number };
  "planned-resources-anew": { resources: number; patients: number };
  waiting: object;
  "waiting-for-sync": object;
  started: object;
  resumed: object;
  "package-began": { name: string; number: number; of: number };
  "package-made": { name: string; files: number; incomplete: number };
  "left-out": { name: string; count: number; code: string; reason: string; held: string };
  paused: Made;
  "paused-waiting": object;
  "paused-by-error": Made;
  interrupted: Made;
  crashed: object;
  cancelled: Made;
  "given-up": object;
  failed: Made;
  ended: Made & { incomplete: number };
  "not-resumed": object;
  retries: { job: string };
  retried: { job: string };
}

const SENTENCES: { [Event in JobLogEvent]: (told: Told[Event]) => string } = {
  planned: ({ packages, instances }) => `Planned: ${counted(packages, "package")}, ${counted(instances, "instance")}.`,
  "planned-rows": ({ rows, patients }) => `Planned: ${counted(rows, "row")} of ${counted(patients, "patient")}.`,
  "planned-anew": ({ rows, patients }) =>
    `The records have changed: planned anew, and the package begins anew: ${counted(rows, "row")} of ${counted(patients, "patient")}.`,
  "planned-resources": ({ resources, patients }) =>
    `Planned: ${counted(resources, "FHIR resource")} of ${counted(patients, "patient")}.`,
  "planned-resources-anew": ({ resources, patients }) =>
    `The catalog has changed: planned anew, and the package begins anew: ${counted(resources, "FHIR resource")} of ${counted(patients, "patient")}.`,
  waiting: () => "Waits for its turn.",
  "waiting-for-sync": () => "Waits for a sync of records to end.",
  started: () => "Started.",
  resumed: () => "Resumed.",
  "package-began": ({ name, number, of }) => `Began ${name} (${number} of ${of}).`,
  "package-made": ({ name, files, incomplete }) =>
    `Made ${name}: ${counted(files, "file")} verified.${incomplete > 0 ? " It is incomplete." : ""}`,
  "left-out": ({ name, count, code, reason }) => `${name}: ${count} ${whatIsLeftOut(code)}: ${reason}`,
  paused: (told) => `Paused; ${madeOf(told)}.`,
  "paused-waiting": () => "Paused while it waited for its turn.",
  "paused-by-error": (told) => `Paused, since it could not go on; ${madeOf(told)}.`,
  interrupted: (told) => `Interrupted, since Satchel is being closed; ${madeOf(told)}.`,
  crashed: () => "Interrupted: Satchel ended while it ran.",
  cancelled: (told) => `Cancelled; ${madeOf(told)}, what was unfinished has been removed.`,
  "given-up": () => "Cancelled; what was unfinished has been removed.",
  failed: (told) => `Failed; ${madeOf(told)}.`,
  ended: ({ incomplete, ...told }) =>
    `Ended; ${madeOf(told)}${incomplete > 0 ? `, of which ${incomplete} incomplete` : ""}.`,
  "not-resumed": () => "Could not be taken up again at the start.",
  retries: ({ job }) => `Makes anew what failed in job ${job}.`,
  retried: ({ job }) => `What failed is made anew by job ${job}.`,
};

export function noteJob<Event extends JobLogEvent>(
  ports: { catalog: Catalog; now(): Date },
  job: number,
  event: Event,
  told: Told[Event],
  error?: ErrorRecord,
): void {
  addJobLog(ports.catalog, job, {
    at: ports.now().toISOString(),
    text: SENTENCES[event](told),
    event,
    params: { ...told },
    error: error ?? null,
  });
}

/** Writes down what a table will hold. */
export function noteTablePlan(
  ports: { catalog: Catalog; now(): Date },
  job: number,
  { packages }: TablePlan,
  event: "planned-rows" | "planned-anew" = "planned-rows",
): void {
  for (const { counts } of packages) noteJob(ports, job, event, { rows: counts.rows, patients: counts.patients });
}

/** The same of a dataset, or of a summary. */
export function notePlannedResources(
  ports: { catalog: Catalog; now(): Date },
  job: number,
  { packages }: DatasetPlan | SummaryPlan,
  event: "planned-resources" | "planned-resources-anew" = "planned-resources",
): void {
  for (const { counts } of packages)
    noteJob(ports, job, event, { resources: counts.resources, patients: counts.patients });
}

/** Writes down how a run came to its end or halt. */
export function noteEnd(
  ports: { catalog: Catalog; now(): Date },
  job: number,
  { state, packages }: JobResult,
  planned: number,
  error?: ErrorRecord,
): void {
  const told = { made: packages.length, of: planned };
  if (state === "complete" || state === "incomplete") {
    const incomplete = packages.filter(({ result }) => result === "incomplete").length;
    noteJob(ports, job, "ended", { ...told, incomplete }, error);
  } else if (state === "paused") noteJob(ports, job, error === undefined ? "paused" : "paused-by-error", told, error);
  else if (state === "interrupted" || state === "cancelled") noteJob(ports, job, state, told, error);
  else noteJob(ports, job, "failed", told, error);
}

/** Writes down a finished package, and what is not in it, grouped by reason. */
export function noteMade(
  ports: { catalog: Catalog; now(): Date },
  job: number,
  { name, files, result, reasons }: PackageResult,
): void {
  noteJob(ports, job, "package-made", { name, files, incomplete: result === "incomplete" ? 1 : 0 });
  for (const { count, code, reason, held } of reasons)
    noteJob(ports, job, "left-out", { name, count, code, reason, held: (held ?? []).join(",") });
}

function whatIsLeftOut(code: string): string {
  return code === "HELD_BACK" ? "held back" : code === "CANNOT_RENDER" ? "without preview" : "not exported";
}

function madeOf({ made, of }: Made): string {
  return `${made} of ${counted(of, "package")} made`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

import { SatchelError } from "../../../../contract/errors.ts";
import { FhirRefusal } from "../describe-answer.ts";
import type { FhirAnswer } from "../fhir-client.ts";
import { typesToRead } from "../resource-types.ts";
import type { SyncContext } from "../sync-context.ts";
import type { ExportLevel } from "../capabilities.ts";

/** A bulk export as it is asked for. */
export interface BulkRequest {
  level: ExportLevel;
  /** "" where the level is no group. */
  group: string;
  /** Named by the user; empty for all that the server gives. */
  types: readonly string[];
  /** "Observation?category=laboratory" */
  filters: readonly string[];
  patients: readonly string[];
  since: string;
  /** What the source never wants anything older than: another one is another export. */
  oldest: string;
  until: string;
  elements: readonly string[];
  organizeOutputBy: string;
  allowPartialManifests: boolean;
  /** Not asked of the export, but of what it names: documents that are as they were are needed for it, too. */
  attachments: boolean;
}

/** Left out where a server does not know them: they change how it comes, not what. */
const ONLY_FORM = ["allowPartialManifests", "organizeOutputBy", "_elements"];

/** What this sync asks for, without the moment since when. */
export function bulkRequest({ config, options, capabilities }: SyncContext): BulkRequest {
  const { bulk, patients, attachments } = config;
  const group = options.group ?? bulk.group ?? "";
  const { exports } = capabilities;
  const level: ExportLevel =
    options.group !== undefined || (bulk.level === "auto" && group !== "")
      ? "group"
      : bulk.level !== "auto"
        ? bulk.level
        : exports.has("patient") || patients.length > 0
          ? "patient"
          : exports.has("system")
            ? "system"
            : "patient";
  if (level === "group" && group === "")
    throw new SatchelError("USAGE", "A bulk export of a group needs its id.", "Give the id of the group (--group).");
  if (level === "system" && patients.length > 0)
    throw new SatchelError(
      "USAGE",
      "A bulk export of the whole system cannot be narrowed to patients.",
      "Export patients.",
    );
  return {
    level,
    group: level === "group" ? group : "",
    types: options.types ?? config.types,
    filters: options.filters ?? config.filters,
    patients,
    since: "",
    oldest: config.since ?? "",
    until: bulk.until ?? "",
    elements: bulk.elements,
    organizeOutputBy: bulk.organizeOutputBy ?? "",
    allowPartialManifests: bulk.allowPartialManifests,
    attachments,
  };
}

/** What was asked for, as it is kept. */
export function describeRequest(base: URL, request: BulkRequest): string {
  return JSON.stringify([base.href, request]);
}

/** Whether both ask for the same, since whatever moment. */
export function isSameExport(one: string, other: string): boolean {
  return withoutSince(one) === withoutSince(other);
}

export function sinceIn(asked: string): string {
  const [, { since }] = JSON.parse(asked) as [string, BulkRequest];
  return since;
}

function withoutSince(asked: string): string {
  const [base, request] = JSON.parse(asked) as [string, BulkRequest];
  return JSON.stringify([base, { ...request, since: "" }]);
}

/**
 * Begins an export (Bulk Data IG, kick-off).
 *
 * @returns where to ask for its state
 * @throws SOURCE_REFUSED, SOURCE_ANSWER, SOURCE_UNREACHABLE, CANCELLED
 */
export async function kickOff(context: SyncContext, request: BulkRequest): Promise<URL> {
  const left = new Set<string>();
  let post = mustPost(context, request);
  for (let tries = 0; ; tries++) {
    try {
      return statusOf(await send(context, request, post, left), context.client.base);
    } catch (thrown) {
      if (!(thrown instanceof FhirRefusal) || tries > ONLY_FORM.length + 1) throw thrown;
      const { status, outcome } = thrown;
      if (status === 429)
        throw new SatchelError(
          "SOURCE_REFUSED",
          "The FHIR server does not begin another bulk export now (429): one may be running already.",
          "Wait until it has ended, then sync again; or sync by searches.",
          { cause: thrown },
        );
      const named = parametersOf(request)
        .map(([name]) => name)
        .filter((name) => outcome?.text.includes(name) === true);
      const needless = named.find((name) => ONLY_FORM.includes(name) && !left.has(name));
      if ([400, 422, 501].includes(status) && needless !== undefined) {
        left.add(needless);
        context.notice(`The server does not know ${needless}: the export was asked for without it.`);
      } else if (!post && context.config.bulk.method === "auto" && [400, 404, 405].includes(status)) post = true;
      else if (named.length > 0)
        throw new SatchelError(
          "SOURCE_ANSWER",
          `The FHIR server refuses the bulk export (${status}); it names ${[...new Set(named)].join(", ")}.`,
          "Leave that out, or sync by searches.",
          { cause: thrown },
        );
      else throw thrown;
    }
  }
}

function mustPost({ config: { bulk } }: SyncContext, { patients }: BulkRequest): boolean {
  // Patients can be named in a body alone, and version 4 of the standard knows no other.
  return bulk.method === "POST" || patients.length > 0 || (bulk.method === "auto" && bulk.lists === "repeat");
}

type Value =
  | { valueString: string }
  | { valueInstant: string }
  | { valueBoolean: boolean }
  | { valueReference: object };

function parametersOf(request: BulkRequest, repeat = false): [name: string, text: string, value: Value][] {
  const all: [string, string, Value][] = [];
  const text = (name: string, value: string): void => void all.push([name, value, { valueString: value }]);
  const list = (name: string, values: readonly string[]): void => {
    if (repeat) for (const value of values) text(name, value);
    else if (values.length > 0) text(name, values.join(","));
  };
  text("_outputFormat", "application/fhir+ndjson");
  for (const name of ["since", "until"] as const)
    if (request[name] !== "") all.push([`_${name}`, request[name], { valueInstant: request[name] }]);
  list("_type", request.types);
  // Each value is a search of its own, escaped once more in an address; commas within one would part it in a list.
  for (const filter of request.filters) text("_typeFilter", filter);
  list("_elements", request.elements);
  if (request.organizeOutputBy !== "") text("organizeOutputBy", request.organizeOutputBy);
  if (request.allowPartialManifests) all.push(["allowPartialManifests", "true", { valueBoolean: true }]);
  for (const id of request.patients)
    all.push(["patient", `Patient/${id}`, { valueReference: { reference: `Patient/${id}` } }]);
  return all;
}

async function send(
  context: SyncContext,
  request: BulkRequest,
  post: boolean,
  left: ReadonlySet<string>,
): Promise<FhirAnswer> {
  const { client, config, signal } = context;
  const { level, group } = request;
  const path = level === "system" ? "$export" : level === "patient" ? "Patient/$export" : `Group/${group}/$export`;
  const url = new URL(path, client.base);
  const parameters = parametersOf(withTypes(context, request), config.bulk.lists === "repeat").filter(
    ([name]) => !left.has(name),
  );
  if (!post) for (const [name, text] of parameters) url.searchParams.append(name, text);
  return await client.ask({
    url,
    method: post ? "POST" : "GET",
    headers: { prefer: "respond-async" },
    ...(post
      ? {
          body: JSON.stringify({
            resourceType: "Parameters",
            parameter: parameters.map(([name, , value]) => ({ name, ...value })),
          }),
        }
      : {}),
    answers: (status) => status === 202,
    signal,
  });
}

/** HAPI gives nothing where no types are named (hapi-fhir #3111). */
function withTypes({ capabilities }: SyncContext, request: BulkRequest): BulkRequest {
  if (request.types.length > 0 || !/hapi/i.test(capabilities.software)) return request;
  return { ...request, types: typesToRead(capabilities.types.keys()) };
}

function statusOf({ status, headers }: FhirAnswer, base: URL): URL {
  const location = headers["content-location"];
  if (status !== 202 || location === undefined || !URL.canParse(location, base.href))
    throw new SatchelError(
      "SOURCE_ANSWER",
      status === 202
        ? "The FHIR server accepted the bulk export, but does not say where to ask for it."
        : `The FHIR server answered a bulk export at once (${status}), as if it did not know what that is.`,
      "Sync by searches instead.",
    );
  return sameServer(new URL(location, base), base);
}

/** A server behind a proxy that ends TLS often knows itself by http alone: it is asked as it was reached. */
export function sameServer(url: URL, base: URL): URL {
  if (base.protocol !== "https:" || url.protocol !== "http:" || url.hostname !== base.hostname || url.port !== "")
    return url;
  const secure = new URL(url);
  secure.protocol = "https:";
  secure.port = base.port;
  return secure;
}

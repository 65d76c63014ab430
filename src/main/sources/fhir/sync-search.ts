import { SatchelError } from "../../../contract/errors.ts";
import { FhirRefusal } from "./describe-answer.ts";
import { readEverything } from "./read-everything.ts";
import { readType } from "./read-type.ts";
import { typesToRead } from "./resource-types.ts";
import { queriesOf, type SearchQuery } from "./search-query.ts";
import type { SyncContext } from "./sync-context.ts";

/**
 * Reads all types by searches, one after another.
 *
 * @returns whether all that was asked for came
 * @throws SOURCE_REFUSED where nothing may be read, SOURCE_UNREACHABLE, CANCELLED
 */
export async function syncBySearch(context: SyncContext): Promise<boolean> {
  const { config, options, capabilities, target } = context;
  const restricted = options.since !== undefined || options.filters !== undefined;
  const since = options.since ?? config.since ?? "";
  const named = options.types ?? typesOf(options.filters) ?? config.types;
  const types = named.length > 0 ? named : typesToRead(capabilities.types.keys());
  const filters = (options.filters ?? config.filters).filter(
    (filter) => options.types === undefined || options.types.includes(filter.split("?")[0] ?? ""),
  );
  const queries = queriesOf(types, filters);
  if (config.patients.length > 0 && capabilities.everything && options.filters === undefined && filters.length === 0)
    return await readEverything(context, named, options.types !== undefined || restricted ? "some" : "all");

  let complete = true;
  const whole: string[] = [];
  let refused: SatchelError | undefined;
  let answered = false;
  for (const [type, of] of queries) {
    const asked = of.flatMap((query) => narrowed(context, translated(context, query)));
    if (asked.length === 0) {
      context.notice(`${type} cannot be asked for by patient: it was left out.`);
      continue;
    }
    try {
      const outcome = await readType(context, type, asked, since, restricted);
      complete &&= outcome.complete;
      if (outcome.whole) whole.push(type);
      answered = true;
    } catch (thrown) {
      if (!(thrown instanceof SatchelError) || !TELLABLE.has(thrown.code)) throw thrown;
      const status = thrown instanceof FhirRefusal ? thrown.status : 0;
      if (status === 401) throw thrown;
      // A type that nobody asked for by name, and that the server does not have after all.
      if (status === 404 && !named.includes(type)) {
        context.notice(`The server does not have ${type}.`);
        answered = true;
        continue;
      }
      refused ??= thrown;
      complete = false;
      target.expect(type, null, 0, false);
      context.problem(type, `${type} could not be read. ${thrown.message}`);
    }
  }
  if (!answered && refused !== undefined) throw refused;
  for (const type of whole) target.removeUnmet(type);
  return complete;
}

/** What one type answers says nothing of the others. */
const TELLABLE = new Set(["SOURCE_REFUSED", "SOURCE_ANSWER", "TOO_LARGE"]);

function typesOf(filters: readonly string[] | undefined): string[] | undefined {
  return filters === undefined ? undefined : [...new Set(filters.map((filter) => filter.split("?")[0] ?? ""))];
}

/** The guide of Aarogya Aarohan asks for QuestionnaireResponse by `date`, which FHIR calls `authored`: the server is asked in its own words. */
function translated({ capabilities }: SyncContext, query: SearchQuery): SearchQuery {
  const offered = capabilities.types.get(query.type);
  if (query.type !== "QuestionnaireResponse" || offered?.has("date") === true) return query;
  return {
    ...query,
    parameters: query.parameters.map(([name, value]) => [name === "date" ? "authored" : name, value] as const),
  };
}

/** Of the patients that were chosen. @returns empty where the type cannot be asked for by patient */
function narrowed({ config, capabilities }: SyncContext, query: SearchQuery): SearchQuery[] {
  const { patients } = config;
  if (patients.length === 0) return [query];
  const { type, parameters } = query;
  const offered = capabilities.types.get(type);
  const name =
    type === "Patient"
      ? "_id"
      : offered === undefined
        ? "patient"
        : ["patient", "subject"].find((one) => offered.has(one));
  if (name === undefined) return [];
  return patients.map((id) => ({
    type,
    parameters: [...parameters, [name, name === "subject" ? `Patient/${id}` : id] as const],
  }));
}

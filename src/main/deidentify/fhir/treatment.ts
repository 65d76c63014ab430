import { SatchelError } from "../../../contract/errors.ts";
import type { ElementTreatment, FhirPseudonymised, WithheldReason } from "../../../contract/fhir.ts";
import { isJsonObject, type Json, type Resource } from "../../fhir/json.ts";
import type { Pseudonyms } from "../pseudonym.ts";
import type { Scrubber } from "../text/scrubber.ts";
import { DateRule } from "./dates.ts";
import { mediaTypeOf } from "./media-types.ts";
import { IdRule } from "./ids.ts";
import { Person } from "./person.ts";
import type { ResourceContext } from "./resource-policy.ts";

const SHORTEST_ID = 5;
const NOBODY = { names: [], identifiers: [], phones: [], addresses: [], birthDate: "" };
/** JSON within JSON deeper than any record: nobody can say what it is. */
export const DEEPEST = 100;

/** A rule for one value that is no array. @returns undefined where it is left out; the rule counts that itself */
export type Rule = (value: Json, treatment: Treatment) => Json | undefined;

/** What one policy does to one resource after the other: what is known of the patient, what was counted. Of one thread. */
export class Treatment {
  readonly policy: FhirPseudonymised;
  readonly pseudonyms: Pseudonyms;
  readonly dates: DateRule;
  readonly ids: IdRule;
  /** ISO date. */
  readonly today: string;
  readonly scrubber: () => Scrubber;
  context!: ResourceContext;
  person = new Person(NOBODY);
  withheld: WithheldReason | undefined;
  /** Of elements that hold others of their kind. */
  depth = 0;
  /** All text goes, whatever the policy says: what is left of it still names somebody. */
  dropsText = false;
  /** Scrubbed texts of the resource. */
  scrubbed: string[] = [];
  /** Strings that were left out, where scrubbed text is compared with them. */
  left: string[] = [];
  /** What base64 was made of. */
  documents: Json[] = [];
  /** Districts and states. */
  readonly places = new Set<string>();
  /** Of the age of the patient, where the birth date said it: "40-44", "90+". */
  ageBand: string | undefined;
  /** The day of death, as it is; "" where none is known. */
  diedOn = "";
  /** Of the resource. */
  type = "";
  /** Of a Binary, the kind of its bytes. */
  mediaType = "";
  counts: Partial<Record<ElementTreatment, number>> = {};
  #known: ResourceContext | undefined;

  constructor(policy: FhirPseudonymised, pseudonyms: Pseudonyms, today: string, scrubber: () => Scrubber) {
    this.policy = policy;
    this.pseudonyms = pseudonyms;
    this.today = today;
    this.scrubber = scrubber;
    this.dates = new DateRule(policy.dates, today);
    this.ids = new IdRule(pseudonyms);
  }

  /** Begins a resource. */
  begin(context: ResourceContext, resource: Resource, dropsText = false): void {
    this.dropsText = dropsText;
    this.context = context;
    this.withheld = undefined;
    this.depth = 0;
    this.counts = {};
    this.left = [];
    this.scrubbed = [];
    this.documents = [];
    // Clearing an empty set makes a new one.
    if (this.places.size > 0) this.places.clear();
    this.ageBand = undefined;
    const { deceasedDateTime, contentType } = resource;
    this.diedOn = typeof deceasedDateTime === "string" ? deceasedDateTime.slice(0, 10) : "";
    this.type = resource.resourceType;
    this.mediaType = mediaTypeOf(contentType);
    this.ids.begin(context);
    // One context for all resources of one patient; two patients who leave as one are known by different names.
    if (context !== this.#known) this.#meet(context);
  }

  #meet(context: ResourceContext): void {
    const { patient } = context;
    this.#known = context;
    const known = patient === undefined ? NOBODY : context.known();
    // The id at the source is a number of the patient like any other, unless it is a word or as short as a count.
    const ids = patient !== undefined && patient.id.length >= SHORTEST_ID && /\d/.test(patient.id) ? [patient.id] : [];
    this.person = new Person({ ...known, identifiers: [...known.identifiers, ...ids] });
    this.dates.begin(patient === undefined ? undefined : this.pseudonyms.dateShift(patient), this.person.birthDate);
  }

  count(treatment: ElementTreatment): void {
    this.counts[treatment] = (this.counts[treatment] ?? 0) + 1;
  }

  /** Leaves a value out. What would change the meaning of what stays holds the resource back. */
  drop(value: Json): undefined {
    this.count("dropped");
    if (typeof value === "object" && value !== null) this.#look(value, 0);
    else if (typeof value === "string" && this.policy.text === "scrub") this.left.push(value);
    return undefined;
  }

  withhold(reason: WithheldReason): undefined {
    this.withheld ??= reason;
    return undefined;
  }

  #look(value: Json, depth: number): void {
    if (depth > DEEPEST) {
      this.withhold("unreadable");
    } else if (Array.isArray(value)) {
      for (const item of value) this.#look(item, depth + 1);
    } else if (isJsonObject(value)) {
      for (const key in value) {
        const item = value[key]!;
        if (key === "modifierExtension" && saysSomething(item)) this.withhold("unknown-modifier");
        this.#look(item, depth + 1);
      }
    } else if (typeof value === "string" && this.policy.text === "scrub") this.left.push(value);
  }
}

/** An empty list of modifiers modifies nothing. */
export function saysSomething(value: Json): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== null;
}

export function leakIn(type: string): SatchelError {
  return new SatchelError(
    "LEAK",
    `A value that identifies the patient stood in a treated ${type}; it was not written.`,
    "Report the type of the resource to the developers.",
  );
}

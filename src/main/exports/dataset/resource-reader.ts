import { SatchelError } from "../../../contract/errors.ts";
import type { WithheldReason } from "../../../contract/fhir.ts";
import { answerConsent, openConsents, type OpenConsents } from "../../catalog/consents.ts";
import type { Catalog } from "../../catalog/database.ts";
import { identitiesOf, knownPatient, type SourceIdentities } from "../../catalog/known-patients.ts";
import { readResourceJson, readResourceKeys, type ResourceKey } from "../../catalog/resource-keys.ts";
import { listResourceKinds, type ResourceKind } from "../../catalog/resource-types.ts";
import type { KnownOfPatient, ResourceContext, ResourcePolicy } from "../../deidentify/fhir/resource-policy.ts";
import { parseResource } from "../../fhir/precise-json.ts";
import type {
  ChunkOutcome,
  DatasetChunk,
  DatasetSettings,
  ExaminedResource,
  LeavingResource,
  ResourceReader,
} from "./dataset.ts";
import { compareExported } from "./export-order.ts";
import { openPolicy } from "./open-policy.ts";
import { toldType } from "./told-type.ts";

const LINE_END = /[\r\n]/;

/** @param catalog the caller's own, read-only, who begins a transaction for each chunk and closes it */
export function openResourceReader(catalog: Catalog, settings: DatasetSettings): ResourceReader {
  return new CatalogResourceReader(catalog, settings);
}

/** What is known of the patient whose resources are read, looked up once. */
interface Subject {
  row: number | undefined;
  source: number;
  context: ResourceContext;
  consents: OpenConsents | undefined;
}

class CatalogResourceReader implements ResourceReader {
  readonly #catalog: Catalog;
  readonly #settings: DatasetSettings;
  readonly #policy: ResourcePolicy;
  readonly #kinds: Map<number, ResourceKind>;
  readonly #identities = new Map<number, SourceIdentities>();
  #subject: Subject | undefined;
  #outcome: ChunkOutcome = {};

  constructor(catalog: Catalog, settings: DatasetSettings) {
    this.#catalog = catalog;
    this.#settings = settings;
    this.#policy = openPolicy(settings);
    this.#kinds = listResourceKinds(catalog);
  }

  *read(chunk: DatasetChunk): Generator<LeavingResource> {
    this.#outcome = {};
    for (const { key, subject } of this.#ordered(chunk)) {
      const { leaving } = this.#treat(key, subject);
      if (leaving !== undefined) yield leaving;
    }
  }

  examine(chunk: DatasetChunk, place: number): ExaminedResource {
    this.#outcome = {};
    let at = 0;
    for (const { key, subject } of this.#ordered(chunk))
      if (at++ === place) {
        const { text, leaving } = this.#treat(key, subject);
        const { withheld = {}, treatments = {} } = this.#outcome[toldType(key.type, this.#settings.policy.kind)] ?? {};
        const [reason] = Object.keys(withheld) as WithheldReason[];
        const before = text ?? readResourceJson(this.#catalog, key.row).toString();
        return { type: key.type, before, withheld: reason ?? null, treatments, leaving };
      }
    throw new SatchelError("INTERNAL", "The chunk has fewer resources.");
  }

  /** In the order of the export. */
  *#ordered({ resources }: DatasetChunk): Generator<{ key: ResourceKey; subject: Subject }> {
    const keys = readResourceKeys(this.#catalog, resources);
    for (let from = 0, end = 0; from < keys.length; from = end) {
      while (end < keys.length && isSameSubject(keys[from]!, keys[end]!)) end++;
      const subject = this.#enter(keys[from]!);
      for (const key of this.#sorted(keys.slice(from, end), subject)) yield { key, subject };
    }
  }

  outcome(): ChunkOutcome {
    return this.#outcome;
  }

  #sorted(keys: ResourceKey[], { context }: Subject): ResourceKey[] {
    return keys
      .map((key) => ({ key, type: key.type, exportedId: this.#policy.exportedId(key.type, key.id, context) }))
      .sort(compareExported)
      .map(({ key }) => key);
  }

  #treat(key: ResourceKey, subject: Subject): { text?: string; leaving: LeavingResource | undefined } {
    const type = toldType(key.type, this.#settings.policy.kind);
    const counts = (this.#outcome[type] ??= {
      read: 0,
      exported: 0,
      withheld: {},
      treatments: {},
      patients: [],
      refused: [],
    });
    counts.read++;
    const refused = this.#refusal(key, subject);
    if (refused !== undefined) {
      counts.withheld[refused] = (counts.withheld[refused] ?? 0) + 1;
      note(counts.refused, subject.row);
      return { leaving: undefined };
    }
    const text = readResourceJson(this.#catalog, key.row).toString();
    const parsed = parseResource(text);
    const treated = this.#policy.treat(parsed.resource, subject.context);
    if (treated.outcome === "withheld") {
      counts.withheld[treated.reason] = (counts.withheld[treated.reason] ?? 0) + 1;
      return { text, leaving: undefined };
    }
    counts.exported++;
    note(counts.patients, subject.row);
    for (const [treatment, count] of Object.entries(treated.treatments) as [keyof typeof counts.treatments, number][])
      counts.treatments[treatment] = (counts.treatments[treatment] ?? 0) + count;
    const { resource } = treated;
    const { id } = resource;
    // What is not treated leaves as it came, unless it is of several lines.
    const asItCame = this.#settings.policy.kind === "identified" && !LINE_END.test(text);
    const leaving: LeavingResource = {
      resource,
      id: typeof id === "string" ? id : "",
      json: () => (asItCame ? text : parsed.write(resource)),
    };
    return { text, leaving };
  }

  #refusal({ kind, type }: ResourceKey, { consents }: Subject): WithheldReason | undefined {
    // What is about nobody needs nobody's consent.
    if (consents === undefined) return undefined;
    const { decision, withdrawnAt } = answerConsent(consents, this.#kinds.get(kind) ?? { type, codes: [] });
    if (decision === "permit") return undefined;
    if (decision === "none") return this.#settings.policy.withoutConsent === "exclude" ? "no-consent" : undefined;
    return withdrawnAt === undefined ? "consent-refused" : "consent-withdrawn";
  }

  #enter({ source, patient }: ResourceKey): Subject {
    if (this.#subject?.source === source && this.#subject.row === patient?.row) return this.#subject;
    const identities = this.#identitiesOf(source);
    const { startedAt, studies } = this.#settings;
    const about = patient === undefined ? undefined : identities.identityOf(patient.id);
    let known: KnownOfPatient | undefined;
    const nobody = { names: [], identifiers: [], phones: [], addresses: [], birthDate: "" };
    const lookUp = (): KnownOfPatient => (patient === undefined ? nobody : knownPatient(this.#catalog, patient.row));
    this.#subject = {
      row: patient?.row,
      source,
      context: {
        issuer: identities.issuer,
        patient: about,
        identityOf: (id) => identities.identityOf(id),
        known: () => (known ??= lookUp()),
      },
      consents:
        patient === undefined ? undefined : openConsents(this.#catalog, patient.row, new Date(startedAt), studies),
    };
    return this.#subject;
  }

  #identitiesOf(source: number): SourceIdentities {
    let found = this.#identities.get(source);
    if (found === undefined) this.#identities.set(source, (found = identitiesOf(this.#catalog, source)));
    return found;
  }
}

function isSameSubject(one: ResourceKey, other: ResourceKey): boolean {
  return one.source === other.source && one.patient?.row === other.patient?.row;
}

/** Each patient once: their resources come one after another. */
function note(patients: number[], row: number | undefined): void {
  if (row !== undefined && patients.at(-1) !== row) patients.push(row);
}

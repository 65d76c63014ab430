import type { SourceChoices, SyncOptions } from "../../contract/calls/sources.ts";
import type { AuthServer, KeptSecret } from "./fhir-auth/auth-server.ts";
import type { CheckReport, SourceProblem, SyncProgress, SyncReport } from "./source.ts";

/** A FHIR resource as a source gave it. Its type, id, version, patient, day and code are read from it by the catalog (fhir/describe-resource.ts). */
export interface IndexedResource {
  /** The JSON text as it came, without line ends around it; UTF-8. */
  json: string | Buffer;
  /** What is not in the JSON and the source knows: the study, the data source, an Open mHealth document that an API gave beside it. */
  extra?: Readonly<Record<string, string>>;
  /** Where it stood, for a problem: "Observation.ndjson, line 12". Never an address with a token or a patient in it. */
  ref?: string | undefined;
}

/** One decision of a patient on one kind of data. The latest holds; what came before is kept, so that a withdrawal can be named. */
export interface IndexedConsent {
  /** Logical id of the patient at the source. */
  patient: string;
  /** "system|code" of the kind of data; "*" for all. */
  scope: string;
  decision: "permit" | "deny";
  /** ISO 8601; "" where unknown. */
  decidedAt: string;
  /** ISO 8601: the end of the time for which it holds, where it has one. */
  until?: string;
  /** Where it was read: "Consent/123", "study 10001". */
  origin: string;
}

/** A study (FHIR Group, study of JupyterHealth Exchange) and who takes part. */
export interface IndexedStudyGroup {
  id: string;
  name: string;
  organization: string;
  /** Logical ids. */
  patients: readonly string[];
  /** "system|code" of the kinds of data that it asks for; empty where it does not say. */
  scopes: readonly string[];
}

/**
 * The catalog as a sync of a FHIR source sees it; implemented by catalog/resources-sync.ts. All calls are synchronous; writes are gathered
 * into whole transactions of some milliseconds. Of two versions of one resource the later `meta.lastUpdated` wins, then the higher
 * `meta.versionId`, then the one put last; a resource tagged SUBSETTED never replaces a whole one.
 */
export interface ResourcesTarget {
  /** @returns what became of it; `invalid` is told as a problem (no JSON, no type, no id, a line that is an OperationOutcome) */
  put(resource: IndexedResource): "added" | "changed" | "unchanged" | "invalid";
  /** Deleted at the source. */
  remove(type: string, id: string): void;
  /** Of a type: what was not put in this sync goes, after a pass over all of that type. Removed when the sync ends. */
  removeUnmet(type: string): void;
  count(type: string): number;
  /** Types of which the catalog holds something of this source, what was put in this sync included. */
  types(): string[];
  /**
   * What the server said there is of a type, beside what came; null where it did not say. Receipts tell a type that does not add up as
   * incomplete.
   */
  expect(type: string, expected: number | null, received: number, complete: boolean): void;
  /**
   * Consents of a source that tells them apart from Consent resources (those are read by the catalog itself); in parts or at once. What it
   * told before and has not told in a complete sync was withdrawn.
   */
  putConsents(consents: Iterable<IndexedConsent>): void;
  /** The same of studies: those that were not told in a complete sync are gone. A Group that is put is one without being told. */
  putStudyGroups(groups: Iterable<IndexedStudyGroup>): void;
  problem(problem: SourceProblem): void;
  readState(): Record<string, unknown>;
  /** Kept only with what was put before it. */
  writeState(state: Record<string, unknown>): void;
  /** Writes what waits, and returns once it would outlive the process: an export under way at a server is not to be forgotten. */
  flush(): void;
}

/** One kind of source of FHIR resources. A new kind is one new folder and one line in sources/registry.ts. */
export interface ResourcesSourceKind<Config> {
  readonly kind: string;
  /** @param kept the secret, where authentication may change it; left out where nothing can be kept */
  check(config: Config, secret: string | undefined, signal: AbortSignal, kept?: KeptSecret): Promise<CheckReport>;
  sync(
    config: Config,
    secret: string | undefined,
    target: ResourcesTarget,
    onProgress: (progress: SyncProgress) => void,
    signal: AbortSignal,
    options?: SyncOptions,
    kept?: KeptSecret,
  ): Promise<SyncReport>;
  /** Whether one sync of it may be asked for less than it holds. */
  readonly takesOptions?: boolean;
  /** What there is to choose from; left out of kinds that have no choice. */
  choices?(config: Config, secret: string | undefined, signal: AbortSignal): Promise<SourceChoices>;
  /** Where its servers are, and how they are told who asks; left out of kinds without a server. */
  authServer?(config: Config): AuthServer;
}

/** What every configuration of a source of resources has, whatever its kind. */
export interface ResourcesConfig {
  /** IANA name: days are told in it. */
  timeZone: string;
  /**
   * Whose ids the patients are known by: as of records (records-source.ts). Left out: a source that is added gets one of its own, so that
   * nobody is linked unasked.
   */
  issuer?: string | undefined;
  /**
   * System of the Patient.identifier that takes the place of the logical id when pseudonyms are made; "" for the logical id itself. With the
   * issuer of images or notes this links them: one patient, one pseudonym.
   */
  patientIdentifierSystem: string;
}

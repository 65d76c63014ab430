import type { ElementTreatment, WithheldReason } from "../../../contract/fhir.ts";
import type { Resource } from "../../fhir/json.ts";
import type { PatientIdentity } from "../pseudonym.ts";

/** What of a patient free text is scrubbed of. Values as the source has them. */
export interface KnownOfPatient {
  names: readonly string[];
  identifiers: readonly string[];
  phones: readonly string[];
  addresses: readonly string[];
  birthDate: string;
}

/** What surrounds a resource; the same for all resources of a source but for the patient. */
export interface ResourceContext {
  /** Issuer of logical ids at this source: ids of two sources never give one pseudonym unasked. */
  issuer: string;
  /** Whom the resource is about; undefined where it is about nobody (Organization, Questionnaire). */
  patient: PatientIdentity | undefined;
  /** Under which identity a patient of this source is pseudonymised: the linked identifier where the user linked, else the logical id. */
  identityOf(patientId: string): PatientIdentity;
  known(): KnownOfPatient;
}

export type TreatedResource =
  | { outcome: "passed"; resource: Resource; treatments: Partial<Record<ElementTreatment, number>> }
  | { outcome: "withheld"; reason: WithheldReason };

/** One policy, opened with its key: `treat` is a pure function of its arguments. */
export interface ResourcePolicy {
  /**
   * @param resource parsed; may be changed and must not be used afterwards
   * @throws SatchelError where a rule cannot be followed: nothing of the resource may leave then
   */
  treat(resource: Resource, context: ResourceContext): TreatedResource;
  /** The id under which a resource leaves, without reading it: what an export is sorted by. */
  exportedId(type: string, id: string, context: Pick<ResourceContext, "issuer" | "identityOf">): string;
  /** In words for the receipt: "dates shifted by a number of days of each patient". */
  readonly options: readonly string[];
  /** What the receiver should read. */
  readonly notices: readonly string[];
  /** SHA-256 over rules and options applied. */
  readonly digest: string;
  /** Fingerprint of the project key, where there is one. */
  readonly fingerprint: string | undefined;
}

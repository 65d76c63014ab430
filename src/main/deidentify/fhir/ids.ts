import { isResourceType } from "./element-tables.ts";
import type { PatientIdentity, Pseudonyms } from "../pseudonym.ts";
import type { ResourceContext } from "./resource-policy.ts";

type Surroundings = Pick<ResourceContext, "issuer" | "identityOf">;

/** Questionnaires of systems that Satchel knows: their answers are judged by these names, and they are the same everywhere. */
export const KNOWN_QUESTIONNAIRES: ReadonlySet<string> = new Set([
  "OralCancerPatientRegistration",
  "OralCancerScreenPatient",
  "OralCancerLabelImage",
]);
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const URN = /^urn:(?:uuid|oid):([0-9A-Za-z.-]+)$/;
/** "https://server/fhir/Patient/12/_history/3", "Patient/12". */
const REFERENCE =
  /^(?:([a-z][a-z\d+.-]*:\/\/[^?#]*)\/)?([A-Z][A-Za-z]+)\/([^\s/?#|\\]{1,255})(?:\/_history\/[^/\s]+)?$/;
/** An id has 64 signs at most, the URL of a server not many more. */
const LONGEST_REFERENCE = 1_000;
const KEPT_REFERENCES = 20_000;

/** Ids and references by the project key. One source has one issuer of ids; the ids of patients are those of notes and images. */
export class IdRule {
  readonly #pseudonyms: Pseudonyms;
  readonly #references = new Map<string, string | undefined>();
  #context: Surroundings | undefined;
  #issuer = "";

  constructor(pseudonyms: Pseudonyms) {
    this.#pseudonyms = pseudonyms;
  }

  begin(context: Surroundings): void {
    if (context.issuer !== this.#issuer) this.#references.clear();
    this.#context = context;
    this.#issuer = context.issuer;
  }

  /**
   * The id under which a resource leaves. Of an id that is a UUID the type makes no difference, so that "urn:uuid:…" leads to the same.
   */
  exportedId(type: string, id: string, { issuer, identityOf }: Surroundings): string {
    if (type === "Patient") return this.#pseudonyms.patient(identityOf(id)).uuid;
    if (type === "Questionnaire" && KNOWN_QUESTIONNAIRES.has(id)) return id;
    const thing: PatientIdentity = { issuer, id };
    return this.#pseudonyms.resource(UUID.test(id) ? "" : type, thing);
  }

  /**
   * A literal reference (FHIR R4 2.3.0.1), relative from now on: within one source absolute ones lead to the server itself. Versions go.
   *
   * @param patient of whom the resource is: "urn:uuid:…" of that patient is told as one
   * @returns undefined of "#contained", conditional and other references, which lead nowhere or carry an identifier
   */
  reference(text: string, patient: PatientIdentity | undefined): string | undefined {
    if (text.length > LONGEST_REFERENCE) return undefined;
    const key = text.startsWith("urn:") ? `${patient?.id ?? ""} ${text}` : text;
    const before = this.#references.get(key);
    if (before !== undefined || this.#references.has(key)) return before;
    const treated = this.#follow(text, patient);
    if (this.#references.size >= KEPT_REFERENCES) this.#references.clear();
    this.#references.set(key, treated);
    return treated;
  }

  #follow(text: string, patient: PatientIdentity | undefined): string | undefined {
    const context = this.#context!;
    const urn = URN.exec(text)?.[1];
    if (urn !== undefined) {
      const identity = context.identityOf(urn);
      if (patient !== undefined && identity.id === patient.id && identity.issuer === patient.issuer)
        return `Patient/${this.#pseudonyms.patient(patient).uuid}`;
      return `urn:uuid:${this.#pseudonyms.resource("", { issuer: context.issuer, id: urn })}`;
    }
    const match = REFERENCE.exec(text);
    const [, , type = "", id = ""] = match ?? [];
    return match === null || !isResourceType(type) ? undefined : `${type}/${this.exportedId(type, id, context)}`;
  }

  /** A canonical URL: equal ones stay equal, its server is not told. */
  canonical(text: string): string {
    const url = text.split("|")[0]!;
    return `urn:uuid:${this.#pseudonyms.resource("canonical", { issuer: "", id: url })}`;
  }
}

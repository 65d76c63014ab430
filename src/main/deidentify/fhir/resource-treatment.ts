import type { Resource } from "../../fhir/json.ts";
import { addAgeBand } from "./age-band.ts";
import { ALLOWED_ELEMENTS } from "./allowed/allowed-elements.ts";
import { ElementCompiler, treatObject, type ObjectRule } from "./compile-elements.ts";
import { compileDatatypes, DATATYPE_ELEMENTS, SIMPLE_DATATYPES } from "./datatypes.ts";
import { COMMON_RULES, ELEMENT_RULES, studyUids } from "./element-rules.ts";
import { reasonOfPictures } from "./pictures.ts";
import { hasWhatWasLeftOut } from "./free-text.ts";
import { listedCode } from "./primitives.ts";
import type { ResourceContext, TreatedResource } from "./resource-policy.ts";
import { sweepResource } from "./sweep-resource.ts";
import { leakIn, type Rule, type Treatment } from "./treatment.ts";

/** Takes resources through the default policy, one after the other. */
export class ResourceTreatment {
  readonly #treatment: Treatment;
  readonly #compiler: ElementCompiler;
  readonly #types = new Map<string, ObjectRule>();

  constructor(treatment: Treatment) {
    this.#treatment = treatment;
    const datatypes = new Map<string, Rule>(SIMPLE_DATATYPES);
    const elements = new Map([...DATATYPE_ELEMENTS, ...ELEMENT_RULES]);
    this.#compiler = new ElementCompiler({ datatypes, elements, listed: listedCode });
    compileDatatypes(datatypes, this.#compiler);
  }

  /** @throws LEAK where something of the patient is left all the same */
  treat(resource: Resource, context: ResourceContext): TreatedResource {
    const { resourceType, id } = resource;
    if ((typeof id !== "string" && typeof id !== "number") || id === "")
      return { outcome: "withheld", reason: "unreadable" };
    const rules = this.#rulesOf(resourceType);
    if (rules === undefined) return { outcome: "withheld", reason: "not-listed" };
    const treatment = this.#treatment;
    treatment.begin(context, resource);
    const reason = reasonOfPictures(resource, treatment.policy.images);
    if (reason !== undefined) return { outcome: "withheld", reason };
    let result = treatObject(rules, resource, treatment) as Resource;
    if (hasWhatWasLeftOut(treatment)) {
      treatment.begin(context, resource, true);
      result = treatObject(rules, resource, treatment) as Resource;
    }
    if (treatment.withheld !== undefined) return { outcome: "withheld", reason: treatment.withheld };
    finish(resource, result, treatment);
    if (resourceType === "Binary" && result["data"] === undefined) return { outcome: "withheld", reason: "not-listed" };
    if (sweepResource(result, treatment)) throw leakIn(resourceType);
    return { outcome: "passed", resource: result, treatments: treatment.counts };
  }

  #rulesOf(type: string): ObjectRule | undefined {
    const known = this.#types.get(type);
    if (known !== undefined) return known;
    if (!Object.hasOwn(ALLOWED_ELEMENTS, type)) return undefined;
    const rules = new Map([...this.#compiler.compile(type, ALLOWED_ELEMENTS[type]!), ...COMMON_RULES]);
    this.#types.set(type, rules);
    return rules;
  }
}

/** What elements by themselves cannot say. */
function finish(source: Resource, result: Resource, treatment: Treatment): void {
  if (source.resourceType === "Patient") {
    if (treatment.ageBand !== undefined) addAgeBand(result, treatment.ageBand);
    if (treatment.diedOn !== "" && result["deceasedDateTime"] === undefined) result["deceasedBoolean"] = true;
  }
  if (source.resourceType === "ImagingStudy") {
    const identifiers = studyUids(source, treatment);
    if (identifiers.length > 0) result["identifier"] = identifiers;
  }
}

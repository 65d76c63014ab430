import type { FhirPolicy } from "../../../contract/fhir.ts";
import { isResourceType } from "../../deidentify/fhir/element-tables.ts";

/** What stands in place of a type that FHIR has not. */
const OTHER = "Other";

/** The name of a type as files and receipts may tell it: a file of anybody's may call a resource whatever it likes, a person's name even. */
export function toldType(type: string, policy: FhirPolicy["kind"] | "aggregated"): string {
  return policy === "identified" || isResourceType(type) ? type : OTHER;
}

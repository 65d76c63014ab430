import type { FhirPolicy, FhirPseudonymised } from "../contract/fhir.ts";

/** The part of an export of FHIR that says who is known by it: neither what is picked nor where it goes. */
export interface ResourcesManner extends Pick<FhirPseudonymised, "dates" | "birth" | "text" | "phones" | "images"> {
  identity: FhirPolicy["kind"];
}

export const READY_RESOURCES_NAMES = ["research", "years", "rules", "identified"] as const;
export type ReadyResourcesName = (typeof READY_RESOURCES_NAMES)[number];

const research: ResourcesManner = {
  identity: "pseudonymised",
  dates: "shift",
  birth: "year",
  text: "drop",
  phones: "remove",
  images: "exclude",
};

/** What most exports of FHIR are. Each is a whole manner: choosing one leaves nothing of the one before. */
export const READY_RESOURCES: Readonly<Record<ReadyResourcesName, ResourcesManner>> = {
  research,
  /** Dates as 45 CFR 164.514(b)(2) asks for them. */
  years: { ...research, dates: "year" },
  rules: { ...research, identity: "rules" },
  identified: { ...research, identity: "identified" },
};

/** Which of them this is; undefined where it is none, but adjusted. */
export function readyResourcesNameOf(manner: ResourcesManner): ReadyResourcesName | undefined {
  if (manner.identity !== "pseudonymised") return manner.identity;
  const names = ["research", "years"] as const;
  const members = ["dates", "birth", "text", "phones", "images"] as const;
  return names.find((name) => members.every((member) => READY_RESOURCES[name][member] === manner[member]));
}

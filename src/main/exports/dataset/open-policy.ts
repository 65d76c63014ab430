import { createResourcePolicy } from "../../deidentify/fhir/create-resource-policy.ts";
import type { ResourcePolicy } from "../../deidentify/fhir/resource-policy.ts";
import type { DatasetSettings } from "./dataset.ts";

/** A policy with its key in hand. @throws KEY_NEEDED; USAGE where its rules cannot be followed */
export function openPolicy({ policy, key, startedAt, house }: DatasetSettings): ResourcePolicy {
  // In a worker the secret arrives as bytes.
  const own = key === undefined ? undefined : { name: key.name, secret: Buffer.from(key.secret) };
  return createResourcePolicy(policy, own, {
    exportedAt: startedAt,
    house: () => ({ staff: [...house.staff], wards: [], places: [...house.places] }),
  });
}

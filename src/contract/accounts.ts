import { z } from "./schema.ts";

/**
 * `analyst`: counts, and exports under a policy that lets no identity out. `provider`: identified data of the sources or patients assigned.
 * `administrator`: everything.
 */
export const ROLES = ["analyst", "provider", "administrator"] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** A patient by the id that a source uses: DICOM Patient ID, id of the record, logical id of FHIR. */
export const assignedPatient = z.object({ source: z.string().min(1), id: z.string().min(1) }).strict();
export type AssignedPatient = z.infer<typeof assignedPatient>;

/** The least of a password: what can be tried is slowed down, but the hashes lie in a file. */
const SHORTEST_PASSWORD = 10;
export const newPassword = z.string().min(SHORTEST_PASSWORD).max(1_000);

/** What stands in place of a value that an account may not see. */
export const HIDDEN = "•••";

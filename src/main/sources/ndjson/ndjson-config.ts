import { isAbsolute } from "node:path";
import { z } from "../../../contract/schema.ts";
import { isTimeZone, ownTimeZone } from "../../time-zone.ts";

/** Files of FHIR resources, or of Open mHealth data points, that somebody else exported. */
export const ndjsonConfig = z
  .object({
    /** Absolute path of a file, or of a folder whose files are read, those of its folders too. */
    path: z.string().min(1).refine(isAbsolute, "the path must be absolute"),
    /** The hospital's. */
    timeZone: z
      .string()
      .refine(isTimeZone, "is not the name of a time zone, such as Asia/Kolkata")
      .default(() => ownTimeZone()),
    /** See ResourcesConfig. */
    issuer: z.string().optional(),
    patientIdentifierSystem: z.string().default(""),
  })
  .strict();
export type NdjsonConfig = z.infer<typeof ndjsonConfig>;

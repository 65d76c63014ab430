import { isAbsolute } from "node:path";
import { z } from "../../../contract/schema.ts";
import { isTimeZone } from "../../time-zone.ts";
import { fhirAuth } from "../fhir-auth/auth-config.ts";

/** People paste the address they know. */
const KNOWN_PATH = /\/(metadata|\$export|\.well-known\/smart-configuration)?\/*$/;
const MEGABYTE = 1024 * 1024;

const typeName = z.string().regex(/^[A-Z][A-Za-z]+$/, "names of resource types, such as Observation");
const fhirId = z.string().regex(/^[A-Za-z0-9\-._]{1,64}$/, "ids as FHIR has them");

/** Of a search: "Observation?category=laboratory". */
const filter = z.string().regex(/^[A-Z][A-Za-z]+\?[^\s#]+$/, "as Observation?category=laboratory");

const limits = z
  .object({
    callsPerMinute: z.int().min(1).max(60_000).default(100),
    /** Exports that are begun. */
    exportsPerHour: z.int().min(1).max(1000).default(1),
    /** Of downloads; null for none. */
    bytesPerMinute: z.int().min(MEGABYTE).nullable().default(null),
  })
  .strict()
  .prefault({});

const bulk = z
  .object({
    /** `auto`: where the server offers it. */
    use: z.enum(["never", "auto", "only"]).default("never"),
    /** `auto`: of a group where one is named, else all patients where that is offered, else the system. */
    level: z.enum(["auto", "system", "patient", "group"]).default("auto"),
    group: fhirId.optional(),
    method: z.enum(["auto", "GET", "POST"]).default("auto"),
    /** `comma` is what versions 1 to 3 of the standard have, `repeat` what version 4 wants. */
    lists: z.enum(["comma", "repeat"]).default("comma"),
    until: z.iso.datetime({ offset: true }).optional(),
    elements: z.array(z.string().regex(/^[A-Za-z.]+$/)).default([]),
    organizeOutputBy: typeName.optional(),
    allowPartialManifests: z.boolean().default(false),
  })
  .strict()
  .prefault({});

/** How to reach a FHIR server and what to read there. Secrets are the secret of the source. */
export const fhirConfig = z
  .object({
    /** http(s)://host[:port][/path] of the FHIR API. */
    url: z
      .url({ protocol: /^https?$/ })
      .refine((value) => {
        // Zod runs this on what is no address, too; that has its own message.
        if (!URL.canParse(value)) return true;
        const url = new URL(value);
        return url.username === "" && url.password === "" && url.search === "" && url.hash === "";
      }, "the address holds no user, password, query or fragment")
      .transform((value) => value.replace(KNOWN_PATH, "")),
    /** The part of the path that names a tenant: `url`/TENANT/Patient. */
    tenant: z
      .string()
      .regex(/^[A-Za-z0-9\-._~]+$/, "letters, digits and -._~")
      .optional(),
    fhirVersion: z.enum(["auto", "R4", "R5"]).default("auto"),
    auth: fhirAuth,
    /** Left empty: all that the server offers and that tell something of patients and their care. */
    types: z.array(typeName).default([]),
    filters: z.array(filter).default([]),
    /** Logical ids; left empty: all. */
    patients: z.array(fhirId).default([]),
    /** What is older was never wanted. */
    since: z.iso.datetime({ offset: true }).optional(),
    bulk,
    /** Resources a page of a search. */
    pageSize: z.int().min(1).max(10_000).default(500),
    /** Pictures and documents that resources name are read as well. */
    attachments: z.boolean().default(false),
    largestAttachment: z
      .int()
      .min(1024)
      .max(256 * MEGABYTE)
      .default(20 * MEGABYTE),
    limits,
    /** Absolute path of a PEM file with the certificates of a private authority, trusted besides the public ones. */
    ca: z.string().refine(isAbsolute, "the path of the CA file must be absolute").optional(),
    /** Files of a bulk export at once. */
    concurrency: z.int().min(1).max(16).default(4),
    timeZone: z
      .string()
      .refine(isTimeZone, "is not the name of a time zone, such as Asia/Kolkata")
      .default(() => new Intl.DateTimeFormat().resolvedOptions().timeZone),
    /** See ResourcesConfig. */
    issuer: z.string().optional(),
    patientIdentifierSystem: z.string().default(""),
  })
  .strict();
export type FhirConfig = z.infer<typeof fhirConfig>;

/** Where requests go. Ends with "/". */
export function baseOf({ url, tenant }: Pick<FhirConfig, "url" | "tenant">): URL {
  return new URL(`${url}/${tenant === undefined ? "" : `${tenant}/`}`);
}

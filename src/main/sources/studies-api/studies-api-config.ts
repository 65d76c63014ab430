import { isAbsolute } from "node:path";
import { z } from "../../../contract/schema.ts";
import { isTimeZone } from "../../time-zone.ts";

/** People paste the address they know. */
const KNOWN_PATH = /\/api\/v1(\/studies(\/(search|export))?)?\/?$/;

/** How to reach a studies platform by HTTP. A token, where the platform wants one, is the secret of the source. */
export const studiesApiConfig = z
  .object({
    /** http(s)://host[:port][/prefix], of the platform itself. */
    url: z
      .url({ protocol: /^https?$/ })
      .refine((value) => {
        // Zod runs this on what is no address, too; that has its own message.
        if (!URL.canParse(value)) return true;
        const url = new URL(value);
        return url.username === "" && url.password === "" && url.search === "" && url.hash === "";
      }, "the address holds no user, password, query or fragment")
      .transform((value) => value.replace(KNOWN_PATH, "")),
    /** Absolute path of a PEM file with the certificates of a private authority, trusted besides the public ones. */
    ca: z.string().refine(isAbsolute, "the path of the CA file must be absolute").optional(),
    /** The platform serves its users at the same time. */
    requestsPerSecond: z.number().min(0.1).max(1000).default(20),
    /** The hospital's. */
    timeZone: z
      .string()
      .refine(isTimeZone, "is not the name of a time zone, such as Asia/Shanghai")
      .default("Asia/Shanghai"),
    /** See RecordsConfig. */
    issuer: z.string().optional(),
  })
  .strict();
export type StudiesApiConfig = z.infer<typeof studiesApiConfig>;

import { isAbsolute } from "node:path";
import { z } from "../../../contract/schema.ts";
import { isTimeZone } from "../../time-zone.ts";
import { fhirAuth } from "../fhir-auth/auth-config.ts";
import type { AuthServer } from "../fhir-auth/auth-server.ts";
import type { ServerWords } from "../http/http-server.ts";

/** People paste the address they know: of either API, of either version of it, of the portal. */
const KNOWN_PATH = /\/(api(\/v1)?|fhir(\/r5)?|health|portal|clients\/jhe-admin)?\/*$/i;

const JHE_WORDS: ServerWords = {
  server: "JupyterHealth Exchange",
  source: "jhe source",
  api: "JupyterHealth Exchange itself (without /api or /fhir)",
};

/** The server gives no more a page. */
export const PAGE_SIZE = 1000;

const id = z.string().regex(/^[0-9]{1,18}$/, "ids as JupyterHealth Exchange has them: digits");

/** How to reach a JupyterHealth Exchange, and of whom to read. */
export const jheConfig = z
  .object({
    /** http(s)://host[:port][/prefix], of the exchange itself. */
    url: z
      .url({ protocol: /^https?$/ })
      .refine((value) => {
        // Zod runs this on what is no address, too; that has its own message.
        if (!URL.canParse(value)) return true;
        const url = new URL(value);
        return url.username === "" && url.password === "" && url.search === "" && url.hash === "";
      }, "the address holds no user, password, query or fragment")
      .transform((value) => value.replace(KNOWN_PATH, "")),
    auth: fhirAuth,
    /** Of whose patients and studies; left empty: all that the practitioner sees. */
    organizations: z.array(id).default([]),
    /** The patients who take part in one of them; left empty: all. */
    studies: z.array(id).default([]),
    /** Absolute path of a PEM file with the certificates of a private authority, trusted besides the public ones. */
    ca: z.string().refine(isAbsolute, "the path of the CA file must be absolute").optional(),
    callsPerMinute: z.int().min(1).max(60_000).default(100),
    timeZone: z
      .string()
      .refine(isTimeZone, "is not the name of a time zone, such as America/Los_Angeles")
      .default(() => new Intl.DateTimeFormat().resolvedOptions().timeZone),
    /** See ResourcesConfig. */
    issuer: z.string().optional(),
    patientIdentifierSystem: z.string().default(""),
  })
  .strict();
export type JheConfig = z.infer<typeof jheConfig>;

/** Its endpoints are where Django OAuth Toolkit has them, whatever a description behind a proxy says. */
export function jheAuthServer({ url, auth, ca }: JheConfig): AuthServer {
  const place = { url, ca, words: JHE_WORDS, signInScope: "openid email" };
  const tokenUrl = `${url}/o/token/`;
  if (auth.kind === "client-credentials" || auth.kind === "smart-backend")
    return { ...place, auth: { ...auth, tokenUrl: auth.tokenUrl ?? tokenUrl } };
  if (auth.kind === "pkce")
    return {
      ...place,
      auth: { ...auth, tokenUrl: auth.tokenUrl ?? tokenUrl, authorizeUrl: auth.authorizeUrl ?? `${url}/o/authorize/` },
    };
  return { ...place, auth };
}

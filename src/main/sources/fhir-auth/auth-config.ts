import { z } from "../../../contract/schema.ts";
import { isLoopback } from "./loopback.ts";

/**
 * Where secrets go: encrypted, or not off this computer. The user's own word for an address; what a server names is judged in
 * endpoints.ts.
 */
const endpoint = z
  .url({ protocol: /^https?$/ })
  .refine((value) => {
    // Zod runs this on what is no address, too; that has its own message.
    if (!URL.canParse(value)) return true;
    const url = new URL(value);
    return url.protocol === "https:" || isLoopback(url);
  }, "secrets go there: it must be https://, or lie on this computer")
  .refine((value) => {
    if (!URL.canParse(value)) return true;
    const url = new URL(value);
    return url.username === "" && url.password === "" && url.hash === "";
  }, "the address holds no user, password or fragment");

const client = {
  clientId: z.string().regex(/^[\x21-\x7e]{1,256}$/, "letters, digits and signs without spaces"),
  /** Left out: what the server names (SMART configuration, CapabilityStatement, OpenID configuration). */
  tokenUrl: endpoint.optional(),
  /** Separated by spaces. Left out: what the kind of authentication asks for. */
  scope: z
    .string()
    .regex(/^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/, "names separated by single spaces")
    .optional(),
};

/** OAuth2 client credentials (RFC 6749 4.4), as Keycloak has them. The client's secret is the secret of the source. */
const clientCredentialsAuth = z
  .object({
    kind: z.literal("client-credentials"),
    ...client,
    /** RFC 6749 2.3.1: in the header, or in the body for servers that take no other. */
    send: z.enum(["basic", "post"]).default("basic"),
  })
  .strict();

/** SMART backend services. The private key, PEM or JWK, is the secret of the source. */
const smartBackendAuth = z.object({ kind: z.literal("smart-backend"), ...client }).strict();

/** Authorization code with PKCE on a loopback port (RFC 8252 7.3). What a sign-in brought is the secret of the source. */
const pkceAuth = z
  .object({
    kind: z.literal("pkce"),
    ...client,
    authorizeUrl: endpoint.optional(),
    /** Of 127.0.0.1, where the server knows only one, or a tunnel leads there; 0 for any. */
    redirectPort: z.int().min(0).max(65_535).default(0),
  })
  .strict();

const plainAuths = [
  z.object({ kind: z.literal("none") }).strict(),
  z.object({ kind: z.literal("bearer") }).strict(),
  z.object({ kind: z.literal("basic"), user: z.string().min(1) }).strict(),
] as const;

/** How a FHIR server wants to be told who asks. No secret is in here. */
export const fhirAuth = z
  .discriminatedUnion("kind", [...plainAuths, clientCredentialsAuth, smartBackendAuth, pkceAuth])
  .default({ kind: "none" });
export type FhirAuth = z.infer<typeof fhirAuth>;
export type ClientCredentialsAuth = z.infer<typeof clientCredentialsAuth>;
export type SmartBackendAuth = z.infer<typeof smartBackendAuth>;
export type PkceAuth = z.infer<typeof pkceAuth>;
/** Those that get tokens from a token endpoint. */
export type OAuth = ClientCredentialsAuth | SmartBackendAuth | PkceAuth;

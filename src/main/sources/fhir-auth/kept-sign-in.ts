import { SatchelError } from "../../../contract/errors.ts";
import { z } from "../../../contract/schema.ts";
import type { ServerWords } from "../http/http-server.ts";
import type { Grant } from "./token-request.ts";

const keptSignIn = z
  .object({
    accessToken: z.string(),
    expiresAt: z.number().optional(),
    scope: z.string().optional(),
    refreshToken: z.string().optional(),
    /** Where it came from: a refresh token goes nowhere else, whatever the server says later. */
    tokenEndpoint: z.url(),
    clientId: z.string(),
  })
  .strict();
/** What a sign-in brought: the secret of a source with PKCE, in the encrypted catalog alone. */
export type KeptSignIn = z.infer<typeof keptSignIn>;

export function writeSignIn(grant: Grant, tokenEndpoint: URL, clientId: string): string {
  const { ahead: _, ...kept } = grant;
  return JSON.stringify({ ...kept, tokenEndpoint: tokenEndpoint.href, clientId } satisfies KeptSignIn);
}

/** @throws SOURCE_REFUSED where nobody has signed in yet */
export function readSignIn(secret: string | undefined, clientId: string, words: ServerWords): KeptSignIn {
  let document: unknown;
  try {
    document = JSON.parse(secret ?? "");
  } catch {
    document = undefined;
  }
  const { data } = keptSignIn.safeParse(document);
  // Another client's sign-in is none of this one.
  if (data !== undefined && data.clientId === clientId) return data;
  throw new SatchelError(
    "SOURCE_REFUSED",
    `Nobody has signed in to the ${words.server} yet.`,
    "Sign in: satchel source sign-in NAME",
  );
}

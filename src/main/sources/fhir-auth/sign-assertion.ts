import { randomUUID } from "node:crypto";
import type { SigningKey } from "./private-key.ts";

/** SMART allows five minutes at most; clocks that differ by a minute or two are common. */
const LIFE_SECONDS = 180;

/**
 * A client assertion of SMART App Launch 2 (Asymmetric Authentication): `iss` and `sub` are the client, `aud` is the token endpoint exactly
 * as it is asked, `jti` is never the same twice.
 *
 * @param audience the address of the token endpoint
 * @param now milliseconds since 1970, by the server's clock as far as it is known
 */
export async function signAssertion(
  { key, algorithm, id }: SigningKey,
  clientId: string,
  audience: string,
  now: number,
): Promise<string> {
  const { SignJWT } = await import("jose");
  return await new SignJWT()
    .setProtectedHeader({ alg: algorithm, kid: id, typ: "JWT" })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setJti(randomUUID())
    .setExpirationTime(Math.floor(now / 1000) + LIFE_SECONDS)
    .sign(key);
}

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import { promisify } from "node:util";
import { SatchelError } from "../../../contract/errors.ts";

export type SigningAlgorithm = "RS384" | "ES384";

/** A key of a SMART backend client. */
export interface SigningKey {
  key: KeyObject;
  algorithm: SigningAlgorithm;
  /** As the JWK had it, else its thumbprint (RFC 7638): the same for one key on any computer. */
  id: string;
}

/** What a server is given to check signatures by (RFC 7517 5). */
export interface PublicKeySet {
  keys: Record<string, string>[];
}

const generate = promisify(generateKeyPair);

/** On a thread of Node's: an RSA key takes a while. @returns the private key as a JWK: what becomes the secret of a source */
export async function makePrivateKey(algorithm: SigningAlgorithm): Promise<string> {
  const { privateKey } =
    algorithm === "RS384"
      ? await generate("rsa", { modulusLength: 3072 })
      : await generate("ec", { namedCurve: "P-384" });
  return JSON.stringify(privateKey.export({ format: "jwk" }));
}

/**
 * PEM (PKCS #8, PKCS #1, SEC 1), a JWK, or a set of JWKs that holds one private key.
 *
 * @throws USAGE where it is none, or of a kind that SMART does not know. Never with a part of it.
 */
export function readPrivateKey(secret: string): SigningKey {
  const text = secret.trim();
  const { key, id } = text.startsWith("{") ? fromJwk(text) : { key: fromPem(text), id: undefined };
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  const algorithm =
    type === "rsa" && (details?.modulusLength ?? 0) >= 2048
      ? "RS384"
      : type === "ec" && details?.namedCurve === "secp384r1"
        ? "ES384"
        : undefined;
  if (algorithm === undefined)
    throw notUsable("is neither RSA with 2048 bits or more (RS384) nor on the curve P-384 (ES384)");
  return { key, algorithm, id: id ?? thumbprint(key) };
}

export function publicKeySet({ key, algorithm, id }: SigningKey): PublicKeySet {
  return { keys: [{ ...publicMembers(key), kid: id, alg: algorithm, use: "sig" }] };
}

function fromPem(text: string): KeyObject {
  if (!text.includes("-----BEGIN")) throw notUsable("is neither PEM nor a JWK");
  if (text.includes("ENCRYPTED")) throw notUsable("is protected by a passphrase");
  try {
    return createPrivateKey(text);
  } catch {
    // The reason can hold what stands in the file.
    throw notUsable("is no private key in PEM");
  }
}

function fromJwk(text: string): { key: KeyObject; id: string | undefined } {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw notUsable("is no JSON");
  }
  const { keys } = document as { keys?: unknown };
  const candidates = (Array.isArray(keys) ? keys : [document]).filter(isPrivate);
  const [jwk] = candidates;
  if (jwk === undefined || candidates.length > 1) throw notUsable("does not hold one private key");
  try {
    return {
      key: createPrivateKey({ key: jwk, format: "jwk" }),
      id: typeof jwk["kid"] === "string" ? jwk["kid"] : undefined,
    };
  } catch {
    throw notUsable("is no private key as a JWK");
  }
}

function isPrivate(value: unknown): value is JsonWebKey {
  return typeof value === "object" && value !== null && "d" in value;
}

function notUsable(what: string): SatchelError {
  return new SatchelError(
    "USAGE",
    `The private key of the source ${what}.`,
    "Let Satchel make a key, or give one as PEM or JWK without a passphrase: RSA, or EC on P-384.",
  );
}

/** Those that RFC 7638 3.2 takes, which are those that are public. */
function publicMembers(key: KeyObject): Record<string, string> {
  const { kty = "", crv, x, y, n, e } = createPublicKey(key).export({ format: "jwk" });
  const members = { crv, e, kty, n, x, y };
  return Object.fromEntries(Object.entries(members).filter((one): one is [string, string] => one[1] !== undefined));
}

function thumbprint(key: KeyObject): string {
  return createHash("sha256")
    .update(JSON.stringify(publicMembers(key)))
    .digest("base64url");
}

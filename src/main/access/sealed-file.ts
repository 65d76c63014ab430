/**
 * A file that only its passphrase opens: project keys and crosswalks travel in it.
 *
 * One JSON object: `format` "satchel-sealed", `version` 1, `kind`, `kdf` (scrypt, its parameters and salt), `nonce`, `tag`, `data`, the
 * last four in Base64. The key is scrypt(passphrase), the cipher AES-256-GCM; format, version, kind and kdf are authenticated too, so
 * that a crosswalk cannot be passed off as a key, nor weaker parameters slipped in.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { SatchelError } from "../../contract/errors.ts";
import { z } from "../../contract/schema.ts";
import { derivePassphraseKey, kdfSchema, newKdf } from "./passphrase.ts";
import { writeNewFile } from "./new-file.ts";

export type SealedKind = "project-key" | "crosswalk";

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const sealedSchema = z
  .object({
    format: z.literal("satchel-sealed"),
    version: z.literal(1),
    kind: z.string(),
    kdf: kdfSchema,
    nonce: base64,
    tag: base64,
    data: base64,
  })
  .strict();
type Sealed = z.infer<typeof sealedSchema>;

/** More than any crosswalk: a larger file is refused before it is read. */
const LARGEST = 512 * 1024 * 1024;

function authenticated(sealed: Pick<Sealed, "format" | "version" | "kind" | "kdf">): Buffer {
  const { format, version, kind, kdf } = sealed;
  return Buffer.from(JSON.stringify([format, version, kind, kdf.name, kdf.n, kdf.r, kdf.p, kdf.salt]));
}

/** @throws SatchelError ALREADY_EXISTS (nothing is overwritten), WRITE_FAILED, USAGE (an empty passphrase) */
export async function writeSealedFile(
  path: string,
  kind: SealedKind,
  content: Buffer,
  passphrase: string,
): Promise<void> {
  const kdf = newKdf();
  const head = { format: "satchel-sealed", version: 1, kind, kdf } as const;
  const key = await derivePassphraseKey(passphrase, kdf);
  try {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(authenticated(head));
    const data = Buffer.concat([cipher.update(content), cipher.final()]);
    const sealed: Sealed = {
      ...head,
      nonce: nonce.toString("base64"),
      tag: cipher.getAuthTag().toString("base64"),
      data: data.toString("base64"),
    };
    writeNewFile(path, `${JSON.stringify(sealed)}\n`);
  } finally {
    key.fill(0);
  }
}

/**
 * @throws SatchelError NOT_FOUND, READ_FAILED (not such a file, or of another kind), WRONG_KEY (the passphrase does not open it, or the
 * file was changed: the two cannot be told apart)
 */
export async function readSealedFile(path: string, kind: SealedKind, passphrase: string): Promise<Buffer> {
  const sealed = parseSealed(path, kind);
  const key = await derivePassphraseKey(passphrase, sealed.kdf);
  try {
    const tag = Buffer.from(sealed.tag, "base64");
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(sealed.nonce, "base64"), { authTagLength: 16 });
    decipher.setAAD(authenticated(sealed)).setAuthTag(tag);
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, "base64")), decipher.final()]);
  } catch (error) {
    throw new SatchelError(
      "WRONG_KEY",
      "The passphrase does not open the file, or the file was changed.",
      "Give the passphrase the file was written with, or ask for the file again.",
      { cause: error },
    );
  } finally {
    key.fill(0);
  }
}

/** A pipe would be waited for, and a device read without end. */
function readFile(path: string): string {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = fstatSync(file);
    if (!status.isFile()) throw new Error("not a file");
    if (status.size > LARGEST) throw new Error("larger than any such file");
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

function parseSealed(path: string, kind: SealedKind): Sealed {
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new SatchelError("NOT_FOUND", "There is no file at the path given.", "Check the path.", { cause: error });
    }
    throw new SatchelError("READ_FAILED", "The file given could not be read.", "Check its permissions.", {
      cause: error,
    });
  }
  const expected = kind === "project-key" ? "an exported project key" : "a crosswalk";
  const refuse = (cause: unknown) =>
    new SatchelError("READ_FAILED", `The file given is not ${expected} of Satchel.`, "Check the path.", { cause });
  let sealed: Sealed;
  try {
    sealed = sealedSchema.parse(JSON.parse(text));
  } catch (error) {
    throw refuse(error);
  }
  if (sealed.kind !== kind) throw refuse(undefined);
  return sealed;
}

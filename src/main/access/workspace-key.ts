/**
 * The workspace's own key: 32 random bytes, never derived from what a person types, wrapped (AES-256-GCM) under a key that is. So the
 * passphrase can change without anything being encrypted anew, and a wrong one is known before any database is touched.
 *
 * `workspace.json`: `format` "satchel-workspace", `version` 1, `unlock` "passphrase" | "key", `kdf` (passphrase only), `nonce`, `tag`,
 * `wrapped` in hex.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { SatchelError } from "../../contract/errors.ts";
import { z } from "../../contract/schema.ts";
import { derivePassphraseKey, kdfSchema, newKdf } from "./passphrase.ts";

/** What opens a workspace, as a shell's `secrets` port gives it. `key` is for safeStorage: 32 bytes that the platform keeps. */
export type WorkspaceSecret =
  | { kind: "passphrase"; passphrase: string }
  | { kind: "key-file"; path: string }
  | { kind: "key"; key: Buffer };

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

export const workspaceHeaderSchema = z
  .object({
    format: z.literal("satchel-workspace"),
    version: z.literal(1),
    unlock: z.enum(["passphrase", "key"]),
    kdf: kdfSchema.optional(),
    nonce: hex(12),
    tag: hex(16),
    wrapped: hex(32),
  })
  .strict()
  .refine((header) => (header.unlock === "passphrase") === (header.kdf !== undefined));
export type WorkspaceHeader = z.infer<typeof workspaceHeaderSchema>;

function authenticated(header: Pick<WorkspaceHeader, "format" | "version" | "unlock" | "kdf">): Buffer {
  const { format, version, unlock, kdf } = header;
  return Buffer.from(JSON.stringify([format, version, unlock, kdf?.n, kdf?.r, kdf?.p, kdf?.salt]));
}

/** A new workspace key and the header that keeps it. */
export async function newWorkspaceKey(secret: WorkspaceSecret): Promise<{ key: Buffer; header: WorkspaceHeader }> {
  const key = randomBytes(32);
  return { key, header: await wrapWorkspaceKey(key, secret) };
}

/** The header that keeps `key` for whoever has `secret`, under a fresh salt and nonce. @throws as unwrapWorkspaceKey */
export async function wrapWorkspaceKey(key: Buffer, secret: WorkspaceSecret): Promise<WorkspaceHeader> {
  const unlock = secret.kind === "passphrase" ? "passphrase" : "key";
  const kdf = unlock === "passphrase" ? newKdf() : undefined;
  const head = { format: "satchel-workspace", version: 1, unlock, ...(kdf === undefined ? {} : { kdf }) } as const;
  const wrapping = await wrappingKey(secret, kdf);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", wrapping, nonce).setAAD(authenticated(head));
  const wrapped = Buffer.concat([cipher.update(key), cipher.final()]);
  wrapping.fill(0);
  return {
    ...head,
    nonce: nonce.toString("hex"),
    tag: cipher.getAuthTag().toString("hex"),
    wrapped: wrapped.toString("hex"),
  };
}

/** @throws SatchelError WRONG_KEY; USAGE where a key file is open to others */
export async function unwrapWorkspaceKey(header: WorkspaceHeader, secret: WorkspaceSecret): Promise<Buffer> {
  const expected = secret.kind === "passphrase" ? "passphrase" : "key";
  if (expected !== header.unlock) {
    throw header.unlock === "passphrase"
      ? new SatchelError(
          "WRONG_KEY",
          "This workspace opens with a passphrase, not with a key file.",
          "Give its passphrase.",
        )
      : new SatchelError(
          "WRONG_KEY",
          "This workspace opens with a key file, not with a passphrase.",
          "Give its key file.",
        );
  }
  const wrapping = await wrappingKey(secret, header.kdf);
  try {
    const nonce = Buffer.from(header.nonce, "hex");
    const decipher = createDecipheriv("aes-256-gcm", wrapping, nonce, { authTagLength: 16 });
    decipher.setAAD(authenticated(header)).setAuthTag(Buffer.from(header.tag, "hex"));
    return Buffer.concat([decipher.update(Buffer.from(header.wrapped, "hex")), decipher.final()]);
  } catch (error) {
    const what = header.unlock === "passphrase" ? "passphrase" : "key file";
    throw new SatchelError(
      "WRONG_KEY",
      `The ${what} does not open this workspace; nothing was changed.`,
      `Give the ${what} it was made with.`,
      { cause: error },
    );
  } finally {
    wrapping.fill(0);
  }
}

/** A key for one purpose: knowing it tells nothing of the others (HKDF, RFC 5869). */
export function deriveSubkey(key: Buffer, purpose: "catalog" | "audit"): Buffer {
  return Buffer.from(hkdfSync("sha256", key, Buffer.alloc(0), `satchel/workspace/1/${purpose}`, 32));
}

async function wrappingKey(secret: WorkspaceSecret, kdf: WorkspaceHeader["kdf"]): Promise<Buffer> {
  if (secret.kind === "passphrase") {
    if (kdf === undefined) throw new Error("a passphrase without its parameters");
    return derivePassphraseKey(secret.passphrase, kdf);
  }
  const key = secret.kind === "key" ? Buffer.from(secret.key) : readKeyFile(secret.path);
  if (key.length !== 32) {
    throw new SatchelError(
      "WRONG_KEY",
      `The key is ${key.length} bytes long, not 32.`,
      "Make one with: head -c 32 /dev/urandom > FILE && chmod 600 FILE",
    );
  }
  return key;
}

/** 32 raw bytes, in a file that nobody but its owner can read (Windows has no such mode: its ACLs are the owner's care). */
function readKeyFile(path: string): Buffer {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    throw new SatchelError("NOT_FOUND", "The key file could not be opened.", "Check its path and permissions.", {
      cause: error,
    });
  }
  try {
    const status = fstatSync(file);
    if (!status.isFile() || status.size > 4096) {
      throw new SatchelError("WRONG_KEY", "The key file is not a file of 32 bytes.", "Check its path.");
    }
    if (process.platform !== "win32" && (status.mode & 0o077) !== 0) {
      throw new SatchelError(
        "USAGE",
        "The key file can be read by others than its owner.",
        "Run `chmod 600` on it, and make a new key if others may have read it.",
      );
    }
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

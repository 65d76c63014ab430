import type { Command } from "commander";
import { readFileSync, statSync } from "node:fs";
import { SatchelError } from "../../../../contract/errors.ts";
import { makePrivateKey, readPrivateKey } from "../../../sources/fhir-auth/private-key.ts";
import { pathArgument } from "../arguments.ts";
import { secretFrom } from "./secret-arguments.ts";
import { choiceArgument } from "./table-arguments.ts";

export interface AuthOptions {
  auth?: string;
  user?: string;
  clientId?: string;
  secretEnv?: string;
  sourceKey?: string;
  tokenUrl?: string;
  authorizeUrl?: string;
  scope?: string;
  send?: string;
  redirectPort?: string;
}

const KINDS = ["none", "bearer", "basic", "client-credentials", "smart-backend", "pkce"] as const;
const LARGEST_KEY = 64 * 1024;

/** How a FHIR server or an exchange is told who asks. */
export function withAuthOptions(command: Command): Command {
  return command
    .option("--auth <kind>", `${KINDS.slice(0, -1).join(", ")} or ${KINDS.at(-1) ?? ""} (default: by what is given)`)
    .option("--user <user>", "user name (basic)")
    .option("--client-id <id>", "as the server knows this client")
    .option("--secret-env <variable>", "environment variable with the password, the token or the client's secret")
    .option(
      "--source-key <file>",
      "private key of smart-backend, PEM or JWK; --key-file after the address means the same (default: a key is made)",
    )
    .option("--token-url <url>", "token endpoint (default: what the server says)")
    .option("--authorize-url <url>", "where one signs in, for pkce (default: what the server says)")
    .option("--scope <scopes>", "what is asked for, separated by spaces")
    .option("--send <how>", "basic (default) or post: how the client's secret is sent")
    .option(
      "--redirect-port <port>",
      "of 127.0.0.1, for a sign-in that must come back to one port (default: a free one)",
    );
}

/**
 * `--key-file` is an option of the whole program, the key of the workspace, and commander takes it wherever it stands. After
 * `source add fhir URL` it means the key of the source.
 *
 * @param words as they were given, without the program's name
 */
export function withSourceKey(words: readonly string[]): string[] {
  const at = words.findIndex(
    (word, index) =>
      word === "source" && words[index + 1] === "add" && ["fhir", "jhe"].includes(words[index + 2] ?? ""),
  );
  if (at === -1) return [...words];
  return words.map((word, index) => (index < at ? word : word.replace(/^--key-file(?==|$)/, "--source-key")));
}

/** @returns `auth` as configurations take it, and the secret that belongs to it. @throws USAGE, READ_FAILED */
export async function authOf(options: AuthOptions): Promise<{ auth: Record<string, unknown>; secret?: string }> {
  const { user, clientId, secretEnv, tokenUrl, authorizeUrl, scope, send, redirectPort } = options;
  const kind = options.auth === undefined ? guessKind(options) : choiceArgument(options.auth, "--auth", KINDS);
  const secret = secretFrom(secretEnv);
  const withSecret = secret === undefined ? {} : { secret };
  if (kind === "none") return { auth: { kind } };
  if (kind === "bearer") return { auth: { kind }, ...withSecret };
  if (kind === "basic") return { auth: { kind, user: needed(user, "--user", kind) }, ...withSecret };
  const client = {
    clientId: needed(clientId, "--client-id", kind),
    ...(tokenUrl === undefined ? {} : { tokenUrl }),
    ...(scope === undefined ? {} : { scope }),
  };
  if (kind === "client-credentials")
    return {
      auth: {
        kind,
        ...client,
        ...(send === undefined ? {} : { send: choiceArgument(send, "--send", ["basic", "post"]) }),
      },
      ...withSecret,
    };
  if (kind === "smart-backend")
    return {
      auth: { kind, ...client },
      secret: options.sourceKey === undefined ? await makePrivateKey("ES384") : readKey(options.sourceKey),
    };
  return {
    auth: {
      kind,
      ...client,
      ...(authorizeUrl === undefined ? {} : { authorizeUrl }),
      ...(redirectPort === undefined ? {} : { redirectPort: Number(redirectPort) }),
    },
  };
}

function guessKind({ user, clientId, secretEnv, sourceKey }: AuthOptions): (typeof KINDS)[number] {
  if (sourceKey !== undefined) return "smart-backend";
  if (clientId !== undefined) return secretEnv === undefined ? "pkce" : "client-credentials";
  if (user !== undefined) return "basic";
  return secretEnv === undefined ? "none" : "bearer";
}

function needed(value: string | undefined, option: string, kind: string): string {
  if (value !== undefined && value !== "") return value;
  throw new SatchelError("USAGE", `${kind} needs ${option}.`, "Give it.");
}

/** Checked before a source is made of it. */
function readKey(file: string): string {
  const path = pathArgument(file, "--source-key");
  let text: string;
  try {
    const stat = statSync(path);
    if (!stat.isFile() || stat.size > LARGEST_KEY) throw new Error("no key");
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new SatchelError("READ_FAILED", "The file with the private key could not be read.", "Check its path.", {
      cause,
    });
  }
  readPrivateKey(text);
  return text;
}

import { readFileSync, statSync } from "node:fs";
import { SatchelError } from "../../../contract/errors.ts";
import type { HttpServer } from "./http-server.ts";

/** @throws USAGE where authentication lacks its secret */
export function authorization(
  { auth, words }: Pick<HttpServer, "auth" | "words">,
  secret: string | undefined,
): Record<string, string> {
  if (auth.kind === "none") return {};
  if (secret === undefined || secret === "") {
    const lacking = auth.kind === "basic" ? "password" : "token";
    throw new SatchelError(
      "USAGE",
      `The ${words.source} has ${auth.kind} authentication but no ${lacking}.`,
      `Give the source its ${lacking}.`,
    );
  }
  if (auth.kind === "bearer") {
    if (!/^[\x21-\x7e]+$/.test(secret))
      throw new SatchelError(
        "USAGE",
        `The token of the ${words.source} holds characters that no token can hold.`,
        "Give the token again, without spaces and line ends.",
      );
    return { authorization: `Bearer ${secret}` };
  }
  const pair = Buffer.from(`${auth.user}:${secret}`, "utf8").toString("base64");
  return { authorization: `Basic ${pair}` };
}

/** All authorities that the world's browsers trust take a quarter of a megabyte. */
const LARGEST_AUTHORITIES = 4 * 1024 * 1024;

/** The private authority is trusted besides the public ones, as browsers do. @throws READ_FAILED */
export function readAuthorities({ ca: file, words }: Pick<HttpServer, "ca" | "words">): string[] | undefined {
  if (file === undefined) return undefined;
  const next = "Give the source a PEM file that holds the certificate of the authority.";
  let pem: string;
  try {
    // A pipe would be waited for, and a device read without end.
    const status = statSync(file);
    if (!status.isFile() || status.size > LARGEST_AUTHORITIES) throw new Error("not a file of certificates");
    pem = readFileSync(file, "utf8");
  } catch (cause) {
    throw new SatchelError("READ_FAILED", `The CA file of the ${words.source} could not be read.`, next, { cause });
  }
  if (!pem.includes("-----BEGIN CERTIFICATE-----"))
    throw new SatchelError("READ_FAILED", `The CA file of the ${words.source} holds no PEM certificate.`, next);
  return [...process.getBuiltinModule("node:tls").rootCertificates, pem];
}

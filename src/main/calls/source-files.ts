import { X509Certificate } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import type { DescribedMapping } from "../../contract/calls/sources.ts";
import { SatchelError } from "../../contract/errors.ts";
import type { z } from "../../contract/schema.ts";
import { CSV_MAPPING_NAMES, CSV_MAPPINGS, examsMapping, notesMapping } from "../sources/csv/csv-mapping.ts";
import { findMapping, MAPPING_NAMES } from "../sources/sql/find-mapping.ts";
import { mapping } from "../sources/sql/mapping.ts";
import { ownTimeZone } from "../time-zone.ts";
import type { HandlersOf } from "./context.ts";

/** A mapping or a certificate is a page or two. */
const LARGEST_FILE = 4 * 1024 * 1024;
const MOST_PROBLEMS = 20;

export function sourceFileHandlers(): HandlersOf<"sourceFiles"> {
  return {
    "sourceFiles.mapping": async ({ kind, of }) =>
      "name" in of ? describeBuiltIn(kind, of.name) : describeDocument(kind, await readText(of.path)),
    "sourceFiles.certificate": async ({ path }) => readCertificates(await readText(path)),
  };
}

/** @throws USAGE where there is no such mapping for the kind */
function describeBuiltIn(kind: string, name: string): DescribedMapping {
  if (kind === "csv") {
    if (name === "auto") return { mapping: name, name, timeZone: ownTimeZone(), issuer: null, problems: [] };
    const known = CSV_MAPPING_NAMES.find((one) => one === name);
    if (known !== undefined)
      return {
        mapping: name,
        name: CSV_MAPPINGS[known].name,
        timeZone: CSV_MAPPINGS[known].timeZone,
        issuer: null,
        problems: [],
      };
  } else {
    const known = MAPPING_NAMES.find((one) => one === name);
    if (known !== undefined) {
      const found = findMapping(known);
      return { mapping: name, name: found.name, timeZone: found.timeZone, issuer: found.issuer ?? null, problems: [] };
    }
  }
  throw new SatchelError("USAGE", `No mapping named "${name}" comes with Satchel.`, "Choose another mapping.");
}

function describeDocument(kind: string, text: string): DescribedMapping {
  const invalid = (problems: string[]): DescribedMapping => ({
    mapping: null,
    name: "",
    timeZone: "",
    issuer: null,
    problems: problems.slice(0, MOST_PROBLEMS),
  });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return invalid(["The file is not valid JSON."]);
  }
  const result = schemaFor(kind, document).safeParse(document);
  if (!result.success) return invalid(result.error.issues.map(sayIssue));
  const { data } = result;
  return {
    // As the file has it: the configuration is checked again when it is saved.
    mapping: document as Record<string, unknown>,
    name: data.name,
    timeZone: data.timeZone,
    issuer: "issuer" in data ? (data.issuer ?? null) : null,
    problems: [],
  };
}

/** The shape that the document claims to have, so that its problems are those of one shape and not of every possible one. */
function schemaFor(kind: string, document: unknown) {
  if (kind !== "csv") return mapping;
  const isExams =
    typeof document === "object" && document !== null && "holds" in document && document.holds === "exams";
  return isExams ? examsMapping : notesMapping;
}

function sayIssue({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`;
}

/** @throws USAGE */
function readCertificates(text: string): { pem: string; certificates: { subject: string; validUntil: string }[] } {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  try {
    if (blocks.length === 0) throw new Error("no certificate");
    const certificates = blocks.map((block) => {
      const { subject, validToDate } = new X509Certificate(block);
      return { subject: subject.replaceAll("\n", ", "), validUntil: validToDate.toISOString() };
    });
    // Nothing else that may stand in the file, a private key for one, is kept.
    return { pem: `${blocks.join("\n")}\n`, certificates };
  } catch (cause) {
    throw new SatchelError(
      "USAGE",
      "The file holds no certificate that can be read.",
      'Choose a PEM file: a text that begins with "-----BEGIN CERTIFICATE-----".',
      { cause },
    );
  }
}

/** @throws USAGE (no file of text, or too large), NOT_FOUND, READ_FAILED */
async function readText(path: string): Promise<string> {
  if (!isAbsolute(path) || path.includes("\0"))
    throw new SatchelError("USAGE", "This is not the full path of a file.", "Begin with a drive or with /.");
  try {
    const status = await stat(path);
    if (!status.isFile() || status.size > LARGEST_FILE)
      throw new SatchelError("USAGE", "This is no file of text, or one of more than 4 MB.", "Choose another file.");
    return (await readFile(path, "utf8")).replace(/^\ufeff/, "");
  } catch (cause) {
    if (cause instanceof SatchelError) throw cause;
    const isMissing =
      cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR");
    throw isMissing
      ? new SatchelError("NOT_FOUND", "There is no such file.", "Choose another file.", { cause })
      : new SatchelError("READ_FAILED", "The file could not be read.", "Check that you may read it.", { cause });
  }
}

import type { Command } from "commander";
import { readFileSync, statSync } from "node:fs";
import { SatchelError } from "../../../../contract/errors.ts";
import { splitServerUrl } from "../../../sources/sql/server-config.ts";
import { pathArgument } from "../arguments.ts";
import { passphraseFor } from "../passphrase.ts";
import { withSession } from "../session.ts";
import { secretFrom } from "./secret-arguments.ts";
import { addSource } from "./sources.ts";
import { choiceArgument } from "./table-arguments.ts";

interface RecordsOptions {
  name: string;
  timeZone?: string;
  issuer?: string;
}
interface SqlOptions extends RecordsOptions {
  mapping: string;
}
interface ServerOptions extends SqlOptions {
  passwordEnv?: string;
  ca?: string;
  tls?: string;
}

/** A mapping or a certificate is a page or two. */
const LARGEST_FILE = 4 * 1024 * 1024;

const MAPPINGS = "eqmd, studies-platform, or a JSON file of your own";

/** Adds the kinds of source that hold notes and study lists, below `source add`. */
export function addRecordSourceCommands(add: Command): void {
  for (const [kind, title, scheme] of [
    ["postgres", "a PostgreSQL database", "postgres"],
    ["mysql", "a MySQL or MariaDB database", "mysql"],
  ] as const)
    withRecordsOptions(
      add
        .command(`${kind} <url>`)
        .description(`${title} with notes or study lists: ${scheme}://user@host:port/database; it is only read`)
        .requiredOption("--mapping <mapping>", MAPPINGS)
        .option(
          "--password-env <variable>",
          "environment variable with the password (asked for on a terminal otherwise)",
        )
        .option("--ca <file>", "certificate of the authority that signed the server's, PEM")
        .option("--tls <mode>", "disable, require or verify-full (default, but on this computer)"),
    ).action(
      withSession("make", async (session, url: string, options: ServerOptions) => {
        const split = splitServerUrl(url);
        if (split.secret !== undefined)
          throw new SatchelError(
            "USAGE",
            "The address holds a password, which stays in the history of the shell.",
            "Leave it out, and give --password-env NAME; change the password if others can read that history.",
          );
        const tls =
          options.tls === undefined
            ? split.tls
            : choiceArgument(options.tls, "--tls", ["disable", "require", "verify-full"]);
        return addSource(
          session,
          kind,
          options.name,
          {
            url: split.url,
            mapping: mappingOf(options.mapping),
            ...(tls === undefined ? {} : { tls }),
            ...(options.ca === undefined ? {} : { ca: textOf(options.ca, "--ca") }),
            ...recordsConfig(options),
          },
          await passwordOf(options.passwordEnv),
        );
      }),
    );
  withRecordsOptions(
    add
      .command("sqlite <file>")
      .description("a SQLite file with notes or study lists; it is only read")
      .requiredOption("--mapping <mapping>", MAPPINGS),
  ).action(
    withSession("make", (session, file: string, options: SqlOptions) =>
      addSource(session, "sqlite", options.name, {
        path: pathArgument(file, "the file"),
        mapping: mappingOf(options.mapping),
        ...recordsConfig(options),
      }),
    ),
  );
  withRecordsOptions(
    add
      .command("csv <file>")
      .description("a CSV file: EQMD's export of notes, the studies platform's export, or one that a mapping describes")
      .option("--mapping <mapping>", `auto (default: told by the header), ${MAPPINGS}`)
      .option("--encoding <encoding>", "utf-8 (default), windows-1252 or utf-16le"),
  ).action(
    withSession("make", (session, file: string, options: RecordsOptions & { mapping?: string; encoding?: string }) =>
      addSource(session, "csv", options.name, {
        path: pathArgument(file, "the file"),
        ...(options.mapping === undefined ? {} : { mapping: mappingOf(options.mapping) }),
        ...(options.encoding === undefined
          ? {}
          : { encoding: choiceArgument(options.encoding, "--encoding", ["utf-8", "windows-1252", "utf-16le"]) }),
        ...recordsConfig(options),
      }),
    ),
  );
  withRecordsOptions(
    add
      .command("studies-api <url>")
      .description("the studies platform by HTTP: the address that its pages of /api/v1/studies/search lie under")
      .option("--token-env <variable>", "environment variable with a bearer token")
      .option("--ca <file>", "certificate of the authority that signed the server's, PEM"),
  ).action(
    withSession("make", (session, url: string, options: RecordsOptions & { tokenEnv?: string; ca?: string }) =>
      addSource(
        session,
        "studies-api",
        options.name,
        {
          url,
          ...(options.ca === undefined ? {} : { ca: pathArgument(options.ca, "--ca") }),
          ...recordsConfig(options),
        },
        secretFrom(options.tokenEnv),
      ),
    ),
  );
}

function withRecordsOptions(command: Command): Command {
  return command
    .requiredOption("--name <name>", "a name for it")
    .option(
      "--time-zone <zone>",
      "of the hospital, as America/Bahia: days and ages are told in it (default: the mapping's, of a CSV file without one this computer's)",
    )
    .option(
      "--issuer <issuer>",
      'who gave out the patient ids (default: this source alone); the same for two links their patients, "" for images that name none',
    );
}

function recordsConfig({ timeZone, issuer }: RecordsOptions): Record<string, string> {
  return { ...(timeZone === undefined ? {} : { timeZone }), ...(issuer === undefined ? {} : { issuer }) };
}

/** The name of a mapping, or the document in a file of that name. @throws USAGE */
function mappingOf(given: string): unknown {
  if (["eqmd", "studies-platform", "auto"].includes(given)) return given;
  const text = textOf(given, "--mapping");
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new SatchelError("USAGE", "The mapping is not valid JSON.", "Correct the file.", { cause });
  }
}

/** @throws USAGE */
function textOf(file: string, what: string): string {
  const path = pathArgument(file, what);
  try {
    const stat = statSync(path);
    if (!stat.isFile() || stat.size > LARGEST_FILE) throw new Error("not such a file");
    return readFileSync(path, "utf8");
  } catch (cause) {
    const allowed = what === "--mapping" ? ` Give ${MAPPINGS}.` : "";
    throw new SatchelError("USAGE", `The file given as ${what} could not be read.`, `Check its path.${allowed}`, {
      cause,
    });
  }
}

/** Never an argument: those stand in lists of processes and in the history of the shell. An empty answer is no password. */
async function passwordOf(variable: string | undefined): Promise<string | undefined> {
  if (variable !== undefined) return secretFrom(variable);
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const typed = await passphraseFor("Password of the database (empty for none)", undefined);
  return typed === "" ? undefined : typed;
}

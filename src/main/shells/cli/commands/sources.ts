import type { Command } from "commander";
import { SatchelError } from "../../../../contract/errors.ts";
import { pathArgument } from "../arguments.ts";
import { EXIT } from "../exit-codes.ts";
import { formatCount, formatTable } from "../format.ts";
import { withSession, type Session } from "../session.ts";
import { addExchangeCommand } from "./exchange-source.ts";
import { addFhirCommand } from "./fhir-source.ts";
import { addRecordSourceCommands } from "./record-sources.ts";
import { addResourceFilesCommand } from "./resource-sources.ts";
import { secretFrom } from "./secret-arguments.ts";
import { addSourceAuthCommands } from "./source-auth.ts";
import { addSourceEditCommand } from "./users.ts";

interface OrthancOptions {
  name: string;
  user?: string;
  passwordEnv?: string;
  tokenEnv?: string;
  ca?: string;
  aiMetadata?: string[];
  aiAttachment?: string[];
}

/** Adds a source and says at once what is wrong with it. @returns the exit code */
export async function addSource(
  { client, output, signal }: Session,
  kind: string,
  name: string,
  config: Record<string, unknown>,
  secret?: string,
): Promise<number> {
  const source = await client["sources.add"]({ kind, name, config, ...(secret === undefined ? {} : { secret }) });
  output.document(source);
  output.line(`Source ${source.name} added.`);
  const { issuer } = source.config;
  if (typeof issuer === "string")
    output.line(
      issuer === ""
        ? "Its patients get one pseudonym with those of images that name no issuer, where the ids are the same."
        : `Its patient ids are of the issuer ${JSON.stringify(issuer)}: --issuer links them with other sources and images.`,
    );
  const { ok, findings } = await client["sources.check"]({ name: source.name }, signal);
  for (const { level, text, next } of findings)
    if (level !== "ok") output.note(`  ${text}${next === undefined ? "" : ` ${next}`}`);
  if (ok) output.line(`Next: satchel sync ${JSON.stringify(source.name)}`);
  return EXIT.done;
}

export function addSourceCommand(program: Command): void {
  const source = program.command("source").description("the places that records come from");
  const add = source.command("add").description("add a place");
  add
    .command("folder <path>")
    .description("a folder of DICOM files, in any order, with or without DICOMDIR")
    .requiredOption("--name <name>", "a name for it")
    .action(
      withSession("make", (session, path: string, options: { name: string }) =>
        addSource(session, "folder", options.name, { path: pathArgument(path, "the folder") }),
      ),
    );
  add
    .command("orthanc <url>")
    .description("an Orthanc server")
    .requiredOption("--name <name>", "a name for it")
    .option("--user <user>", "user name (Basic authentication)")
    .option("--password-env <variable>", "environment variable with the password")
    .option("--token-env <variable>", "environment variable with a bearer token")
    .option("--ca <file>", "certificate of the authority that signed the server's, PEM")
    .option("--ai-metadata <name...>", "study metadata that hold AI results as JSON (default AIAnalysis)")
    .option("--ai-attachment <name...>", "study attachments that hold AI results as JSON (default ai-analysis)")
    .action(
      withSession("make", (session, url: string, options: OrthancOptions) => {
        const { user, passwordEnv, tokenEnv, ca, name } = options;
        const secret = secretFrom(passwordEnv ?? tokenEnv);
        if (
          (user === undefined) !== (passwordEnv === undefined) ||
          (passwordEnv !== undefined && tokenEnv !== undefined)
        ) {
          throw new SatchelError("USAGE", "Give --user with --password-env, or --token-env alone, or neither.");
        }
        const auth =
          user !== undefined ? { kind: "basic", user } : tokenEnv !== undefined ? { kind: "bearer" } : { kind: "none" };
        return addSource(
          session,
          "orthanc",
          name,
          {
            url,
            auth,
            ...(ca === undefined ? {} : { ca: pathArgument(ca, "--ca") }),
            ...(options.aiMetadata === undefined ? {} : { analysisMetadata: options.aiMetadata }),
            ...(options.aiAttachment === undefined ? {} : { analysisAttachments: options.aiAttachment }),
          },
          secret,
        );
      }),
    );
  addRecordSourceCommands(add);
  addFhirCommand(add);
  addExchangeCommand(add);
  addResourceFilesCommand(add);
  addSourceAuthCommands(source);
  addSourceEditCommand(source);
  source
    .command("list")
    .description("all places with what the catalog holds of them")
    .action(
      withSession("read", async ({ client, output }, _options: object) => {
        const sources = await client["sources.list"]({});
        output.document(sources);
        if (sources.length === 0) output.note("No sources yet. Add one: satchel source add folder PATH --name NAME");
        else if (!output.json) {
          output.line(
            formatTable(
              [
                { title: "Name" },
                { title: "Kind" },
                { title: "Place" },
                { title: "Instances", right: true },
                { title: "Notes", right: true },
                { title: "Exams", right: true },
                { title: "Resources", right: true },
                { title: "Problems", right: true },
                { title: "Last sync" },
              ],
              sources.map((one) => [
                one.name,
                one.kind,
                one.place,
                formatCount(one.instances),
                formatCount(one.notes),
                formatCount(one.exams),
                formatCount(one.resources),
                formatCount(one.problems),
                one.lastSync ?? "never",
              ]),
            ),
          );
        }
        return EXIT.done;
      }),
    );
  source
    .command("check [name]")
    .description("what works, what does not, and what to do")
    .action(
      withSession("read", async ({ client, output, signal }, name: string | undefined, _options: object) => {
        const names = name === undefined ? (await client["sources.list"]({})).map((one) => one.name) : [name];
        if (names.length === 0) output.note("No sources yet. Add one: satchel source add folder PATH --name NAME");
        let ok = true;
        for (const one of names) {
          const report = await client["sources.check"]({ name: one }, signal);
          output.document({ source: one, ...report });
          output.line(`${one}: ${report.ok ? "ok" : "NOT OK"}`);
          for (const { level, text, next } of report.findings)
            output.line(`  ${level.padEnd(7)}  ${text}${next === undefined ? "" : ` ${next}`}`);
          ok &&= report.ok;
        }
        return ok ? EXIT.done : EXIT.failed;
      }),
    );
  source
    .command("remove <name>")
    .description("forget a place and what the catalog holds of it; the place itself is not touched")
    .action(
      withSession("write", async ({ client, output }, name: string, _options: object) => {
        await client["sources.remove"]({ name });
        output.document({ ok: true });
        output.line(`Source ${name} removed from the catalog.`);
        return EXIT.done;
      }),
    );
}

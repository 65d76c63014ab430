import type { Command } from "commander";
import { pathArgument } from "../arguments.ts";
import { withSession } from "../session.ts";
import { addSource } from "./sources.ts";

interface NdjsonOptions {
  name: string;
  timeZone?: string;
  issuer?: string;
  patientIdentifier?: string;
}

/** Adds the kinds of source that hold FHIR resources in files, below `source add`. */
export function addResourceFilesCommand(add: Command): void {
  withResourcesOptions(
    add
      .command("ndjson <path>")
      .description(
        "files of FHIR that somebody else exported: NDJSON, Bundles, single resources, or Open mHealth data points; a file or a folder",
      ),
  ).action(
    withSession("make", (session, path: string, options: NdjsonOptions) =>
      addSource(session, "ndjson", options.name, {
        path: pathArgument(path, "the file or folder"),
        ...resourcesConfig(options),
      }),
    ),
  );
}

/** What every source of resources can be told. */
export function withResourcesOptions(command: Command): Command {
  return command
    .requiredOption("--name <name>", "a name for it")
    .option("--time-zone <zone>", "of the hospital, as Asia/Kolkata: days are told in it (default: this computer's)")
    .option(
      "--issuer <issuer>",
      'who gave out the patient ids (default: this source alone); the same for two links their patients, "" for images that name none',
    )
    .option(
      "--patient-identifier <system>",
      "system of the identifier that patients are known by elsewhere, in place of their ids at this source: links them with --issuer",
    );
}

/** The same as a configuration. */
export function resourcesConfig({
  timeZone,
  issuer,
  patientIdentifier,
}: Omit<NdjsonOptions, "name">): Record<string, string> {
  return {
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(patientIdentifier === undefined ? {} : { patientIdentifierSystem: patientIdentifier }),
  };
}

import type { Command } from "commander";
import { SatchelError } from "../../../../contract/errors.ts";
import { POLICY_OPTIONS, type PolicyOption } from "../../../../contract/policy.ts";
import { pathArgument } from "../arguments.ts";
import { EXIT } from "../exit-codes.ts";
import { counted, formatBytes, formatCount } from "../format.ts";
import { createProgressLine } from "../progress-line.ts";
import { withSession, type Session } from "../session.ts";

interface DeidentifyOptions {
  to: string;
  key?: string;
  option?: string[];
  includeHeld?: string;
}

export function addDeidentifyCommand(program: Command): void {
  program
    .command("deidentify <paths...>")
    .description("DICOM files in, pseudonymised DICOM files out: no catalog, no package")
    .requiredOption("--to <folder>", "where the files go")
    .option("--key <name>", "project key")
    .option("--option <name...>", "options of the policy, see satchel export imaging --help")
    .option("--include-held <reason>", "let held-back objects pass; the reason is written down")
    .action(
      withSession("work", async (session, paths: string[], options: DeidentifyOptions) => {
        const unknown = options.option?.find((name) => !(POLICY_OPTIONS as readonly string[]).includes(name));
        if (unknown !== undefined)
          throw new SatchelError("USAGE", `There is no option ${unknown}.`, `Options: ${POLICY_OPTIONS.join(", ")}.`);
        if (options.key === undefined)
          throw new SatchelError(
            "KEY_NEEDED",
            "De-identifying needs --key NAME.",
            "Make a key with: satchel key new NAME",
          );
        return deidentify(session, {
          paths: paths.map((path) => pathArgument(path, "an input")),
          destination: pathArgument(options.to, "--to"),
          key: options.key,
          options: (options.option ?? []) as PolicyOption[],
          ...(options.includeHeld === undefined ? {} : { includeHeld: options.includeHeld }),
        });
      }),
    );
}

async function deidentify(
  { client, output, signal }: Session,
  input: Parameters<Session["client"]["files.deidentify"]>[0],
): Promise<number> {
  const progress = createProgressLine(output);
  for await (const event of client["files.deidentify"](input, signal)) {
    if (event.type === "progress") progress.show({ step: "De-identifying", done: event.done, total: event.total });
    else if (event.type === "problem") {
      output.document({ problem: event });
      if (!output.json) {
        progress.end();
        output.note(`File ${event.file}: ${event.reason} [${event.code}]`);
      }
    } else {
      progress.end();
      output.document({ result: event });
      output.line(
        `${formatCount(event.written)} of ${counted(event.files, "file")} de-identified, ${formatCount(event.heldBack)} held back, ` +
          `${formatCount(event.failed)} failed, ${formatCount(event.skipped)} not DICOM.`,
      );
      return event.failed > 0 ? EXIT.incomplete : EXIT.done;
    }
  }
  return EXIT.failed;
}

export function addVerifyCommand(program: Command): void {
  program
    .command("verify <package>")
    .description("read a package again, with nothing but the package: structure, checksums, counts, receipt")
    .action(
      withSession("none", async ({ client, output, signal }, path: string, _options: object) => {
        const progress = createProgressLine(output);
        for await (const event of client["packages.verify"]({ path: pathArgument(path, "the package") }, signal)) {
          if (event.type === "progress") {
            progress.show({
              step: "Verifying",
              done: event.filesDone,
              total: event.filesTotal,
              bytes: event.bytesDone,
            });
            continue;
          }
          progress.end();
          output.document(event);
          printFindings(output, event.findings);
          if (!event.ok) {
            output.line(
              `NOT VERIFIED: ${counted(event.findings.length, "finding")}. Do not rely on this package; export it again.`,
            );
            return EXIT.verification;
          }
          output.line(
            `${formatCount(event.files)} of ${counted(event.files, "file")} verified, ${formatBytes(event.bytes)}.`,
          );
          if (event.result === "incomplete") {
            output.line("The package is sound but says itself that it is INCOMPLETE: see MISSING.txt in it.");
            return EXIT.incomplete;
          }
          return EXIT.done;
        }
        return EXIT.failed;
      }),
    );
}

function printFindings(
  output: Session["output"],
  findings: readonly { code: string; path: string; text: string }[],
): void {
  for (const { code, path, text } of findings) output.line(`${path === "" ? "package" : path}: ${text} [${code}]`);
}

const COPY_STEPS = {
  copying: "Copying",
  flushing: "Flushing",
  "reading-back": "Reading back",
  verifying: "Verifying",
} as const;

const MEGABYTE = 1_000_000;

export function addCopyCommand(program: Command): void {
  program
    .command("copy <package>")
    .description("copy a finished package to a USB stick or another folder, read it back from there and verify it")
    .requiredOption("--to <folder>", "a folder that is there")
    .action(
      withSession("work", async ({ client, output, signal }, path: string, options: { to: string }) => {
        const progress = createProgressLine(output);
        const input = { path: pathArgument(path, "the package"), destination: pathArgument(options.to, "--to") };
        for await (const event of client["packages.copy"](input, signal)) {
          if (event.type === "progress") {
            const { step, bytesDone, bytesTotal } = event;
            const [done, total] = [Math.ceil(bytesDone / MEGABYTE), Math.ceil(bytesTotal / MEGABYTE)];
            progress.show({ step: `${COPY_STEPS[step]} (in MB)`, done, total });
            continue;
          }
          progress.end();
          output.document(event);
          printFindings(output, event.findings);
          if (!event.ok) {
            output.line("NOT COPIED: what was read back is not what was written. The copy has been removed.");
            return EXIT.verification;
          }
          const from = event.readBack === "medium" ? "from the medium" : "through the system's cache";
          output.line(
            `Copied ${counted(event.files, "file")}, ${formatBytes(event.bytes)}; read back ${from} and verified.`,
          );
          if (event.readBack === "cache")
            output.line("To be sure of the medium itself, take it out, put it in again and verify the copy.");
          output.line(event.path);
          return EXIT.done;
        }
        return EXIT.failed;
      }),
    );
}

import { Command, CommanderError } from "commander";
import { addAuditCommand } from "./commands/audit.ts";
import { withSourceKey } from "./commands/auth-arguments.ts";
import { addDemoCommand } from "./commands/demo.ts";
import { addExportCommand } from "./commands/export.ts";
import { addQualityCommand } from "./commands/export-summaries.ts";
import { addCopyCommand, addDeidentifyCommand, addVerifyCommand } from "./commands/files.ts";
import { addFindCommand } from "./commands/find.ts";
import { addJobsCommand } from "./commands/jobs.ts";
import { addOpenCommand } from "./commands/open.ts";
import { addKeyCommand } from "./commands/keys.ts";
import { addUserCommand } from "./commands/users.ts";
import { addSourceCommand } from "./commands/sources.ts";
import { addSyncCommand } from "./commands/sync.ts";
import { addWatchCommand } from "./commands/watch.ts";
import { SatchelError } from "../../../contract/errors.ts";
import { EXIT } from "./exit-codes.ts";
import { createOutput } from "./output.ts";
import { withOutputFirst } from "./output-argument.ts";
import { SOFTWARE_VERSION } from "../../version.ts";

const OVERVIEW = `
First steps
  satchel demo                                        the whole way on a made-up hospital
  satchel key new lung                                a project key
  satchel source add folder /data/dicom --name disk   a place that records come from
  satchel sync disk
  satchel find studies --text thorax
  satchel export imaging --patient 4711 --to /media/usb --policy pseudonymised --key lung
  satchel verify /media/usb/patient_*_export.zip

Exit codes
  0 done   1 failed   2 wrong usage   3 incomplete   4 verification failed   5 in use   130 cancelled`;

/** commander speaks before any option is read; after "--" nothing is one. */
const JSON_WANTED = process.argv
  .slice(2, process.argv.includes("--") ? process.argv.indexOf("--") : undefined)
  .includes("--json");

function createProgram(): Command {
  const program = new Command("satchel")
    .description("Takes records and images out of the systems they live in, as finished, verified packages.")
    .version(SOFTWARE_VERSION)
    .option("--workspace <folder>", "where the catalog lives (default: the data folder of this user)")
    .option("--json", "one JSON document, or NDJSON for what streams, on stdout")
    .option(
      "--passphrase-env <name>",
      "environment variable with the passphrase of the workspace",
      "SATCHEL_PASSPHRASE",
    )
    .option("--key-file <file>", "file with the key of the workspace, mode 0600, in place of a passphrase")
    .option(
      "--as <account>",
      "where the workspace has accounts: who you are (or SATCHEL_USER; password in SATCHEL_PASSWORD)",
    )
    .option("--password-stdin", "with --as: the password is the first line of standard input")
    .addHelpText("after", OVERVIEW)
    .exitOverride()
    .showHelpAfterError("Try --help.")
    .configureOutput(JSON_WANTED ? { writeOut: () => undefined, writeErr: () => undefined } : {});
  addDemoCommand(program);
  addOpenCommand(program);
  addKeyCommand(program);
  addSourceCommand(program);
  addSyncCommand(program);
  addWatchCommand(program);
  addFindCommand(program);
  addExportCommand(program);
  addQualityCommand(program);
  addDeidentifyCommand(program);
  addVerifyCommand(program);
  addCopyCommand(program);
  addJobsCommand(program);
  addAuditCommand(program);
  addUserCommand(program);
  return program;
}

/** With --json the words of commander become documents as well. */
function tellAsDocument(program: Command, error: CommanderError): void {
  const output = createOutput(true);
  if (error.code === "commander.version") output.document({ version: SOFTWARE_VERSION });
  else if (error.exitCode === 0) output.document({ help: commandNamed(program).helpInformation() });
  else {
    const text = error.message.replace(/^error: /, "");
    const message =
      text === "(outputHelp)" ? "A command is missing" : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
    output.error(new SatchelError("USAGE", `${message.replace(/\n[^]*$/, "")}.`, "Try --help."));
  }
}

/** The command that the words lead to. */
function commandNamed(program: Command): Command {
  let command = program;
  for (const word of process.argv.slice(2)) command = command.commands.find((one) => one.name() === word) ?? command;
  return command;
}

const program = createProgram();
try {
  // What commander itself prints may meet a closed pipe too.
  createOutput(JSON_WANTED);
  await program.parseAsync(withOutputFirst(withSourceKey(process.argv.slice(2))), { from: "user" });
} catch (error) {
  // commander has said already what is wrong with the words; --help and --version end with code 0.
  if (!(error instanceof CommanderError)) throw error;
  if (JSON_WANTED) tellAsDocument(program, error);
  process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
}

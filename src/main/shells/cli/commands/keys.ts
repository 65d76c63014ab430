import type { Command } from "commander";
import { SatchelError } from "../../../../contract/errors.ts";
import { pathArgument } from "../arguments.ts";
import { EXIT } from "../exit-codes.ts";
import { counted, formatTable } from "../format.ts";
import { newPassphrase, passphraseFor } from "../passphrase.ts";
import { runInSession, withOutput, withSession, type Session } from "../session.ts";

interface CrosswalkOptions {
  file?: string;
  open?: string;
  filePassphraseEnv?: string;
}

interface FileOptions {
  file: string;
  filePassphraseEnv?: string;
}

export function addKeyCommand(program: Command): void {
  const key = program
    .command("key")
    .description("project keys: the secrets from which pseudonyms, UIDs and date shifts are derived");
  key
    .command("new <name>")
    .description("make a key")
    .action(
      withSession("make", async ({ client, output }, name: string, _options: object) => {
        const made = await client["keys.new"]({ name });
        output.document(made);
        output.line(
          `Key ${made.name} made (fingerprint ${made.fingerprint}). Keep a copy: satchel key export ${made.name} --file ${made.name}.key`,
        );
        return EXIT.done;
      }),
    );
  key
    .command("list")
    .description("names and fingerprints; never the keys")
    .action(
      withSession("read", async ({ client, output }, _options: object) => {
        const keys = await client["keys.list"]({});
        output.document(keys);
        if (keys.length === 0) output.note("No keys yet. Make one with: satchel key new NAME");
        else if (!output.json) {
          output.line(
            formatTable(
              [{ title: "Name" }, { title: "Fingerprint" }, { title: "Created" }],
              keys.map((one) => [one.name, one.fingerprint, one.createdAt]),
            ),
          );
        }
        return EXIT.done;
      }),
    );
  key
    .command("export <name>")
    .description("write a key to a file that a passphrase protects")
    .requiredOption("--file <file>", "the file to make")
    .option("--file-passphrase-env <name>", "environment variable with the file's passphrase (asked for otherwise)")
    .action(
      withSession("write", async ({ client, output }, name: string, options: FileOptions) => {
        const passphrase = await newPassphrase(`Passphrase for the file of key ${name}`, options.filePassphraseEnv);
        await client["keys.export"]({ name, file: pathArgument(options.file, "--file"), passphrase });
        output.document({ ok: true });
        output.line(
          `Key ${name} written. Whoever has the file and its passphrase can tell who is behind the pseudonyms.`,
        );
        return EXIT.done;
      }),
    );
  key
    .command("import <name>")
    .description("take a key from such a file")
    .requiredOption("--file <file>", "the file to read")
    .option("--file-passphrase-env <name>", "environment variable with the file's passphrase (asked for otherwise)")
    .action(
      withSession("make", async ({ client, output }, name: string, options: FileOptions) => {
        const passphrase = await passphraseFor("Passphrase of the key file", options.filePassphraseEnv);
        const made = await client["keys.import"]({
          name,
          file: pathArgument(options.file, "--file"),
          passphrase,
        });
        output.document(made);
        output.line(`Key ${made.name} imported (fingerprint ${made.fingerprint}).`);
        return EXIT.done;
      }),
    );
  key
    .command("crosswalk [name]")
    .description("write the table pseudonym -> patient of a key to an encrypted file (logged), or open such a file")
    .option("--file <file>", "the file to make")
    .option("--open <file>", "print such a file as CSV; needs its passphrase and no workspace")
    .option("--file-passphrase-env <name>", "environment variable with the file's passphrase (asked for otherwise)")
    .action(
      withOutput((output, signal, global, name: string | undefined, options: CrosswalkOptions) => {
        const { file, open } = options;
        if (open !== undefined && file === undefined && name === undefined)
          return runInSession("none", global, output, signal, (session) => openCrosswalk(session, open, options));
        if (open === undefined && file !== undefined && name !== undefined)
          return runInSession("write", global, output, signal, (session) =>
            writeCrosswalk(session, name, file, options),
          );
        throw new SatchelError(
          "USAGE",
          "Give the name of a key and --file to write a crosswalk, or --open alone to read one.",
        );
      }),
    );
}

async function writeCrosswalk(
  { client, output }: Session,
  name: string,
  file: string,
  options: CrosswalkOptions,
): Promise<number> {
  const passphrase = await newPassphrase("Passphrase for the crosswalk", options.filePassphraseEnv);
  const { patients } = await client["keys.crosswalk"]({ name, file: pathArgument(file, "--file"), passphrase });
  output.document({ patients });
  output.line(
    `Crosswalk of ${counted(patients, "patient")} written, encrypted. Keep it apart from the packages. Read it with: satchel key crosswalk --open FILE`,
  );
  return EXIT.done;
}

async function openCrosswalk(
  { client, output, signal }: Session,
  file: string,
  options: CrosswalkOptions,
): Promise<number> {
  const passphrase = await passphraseFor("Passphrase of the crosswalk", options.filePassphraseEnv);
  const rows = client["keys.openCrosswalk"]({ file: pathArgument(file, "--open"), passphrase }, signal);
  for await (const { csv, patients } of rows) {
    if (output.json) for (const patient of patients) output.document(patient);
    else output.line(csv);
  }
  return EXIT.done;
}

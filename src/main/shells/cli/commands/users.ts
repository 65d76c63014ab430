import type { Command } from "commander";
import { ROLES, type AssignedPatient } from "../../../../contract/accounts.ts";
import type { Account } from "../../../../contract/calls/users.ts";
import { SatchelError } from "../../../../contract/errors.ts";
import { EXIT } from "../exit-codes.ts";
import { formatTable } from "../format.ts";
import { newPassphrase } from "../passphrase.ts";
import { withSession } from "../session.ts";
import { choiceArgument } from "./table-arguments.ts";

interface AssignOptions {
  organization?: string[];
  source?: string[];
  patient?: string[];
}

const AFTER = `
Accounts guard the application: the window and these commands. Whoever has the workspace's passphrase or key file and its folder can
read the catalog with other programs; the passphrase is what guards the file.

Roles
  analyst        counts, and exports that are pseudonymised
  provider       identified data of the sources or patients assigned
  administrator  everything

Once there are accounts, commands need one: --as NAME with SATCHEL_PASSWORD, --password-stdin, or a question.`;

export function addUserCommand(program: Command): void {
  const user = program
    .command("user")
    .description("accounts of the workspace, once there is more than one person")
    .addHelpText("after", AFTER);
  user
    .command("add <name>")
    .description("add an account; the first is an administrator")
    .requiredOption("--role <role>", "analyst, provider or administrator")
    .option("--new-password-env <variable>", "environment variable with its password (asked for otherwise)")
    .action(
      withSession(
        "make",
        async ({ client, output }, name: string, options: { role: string; newPasswordEnv?: string }) => {
          const role = choiceArgument(options.role, "--role", ROLES);
          const password = await newPassphrase(`Password for ${name}`, options.newPasswordEnv);
          const made = await client["users.add"]({ name, role, password });
          output.document(made);
          output.line(`Account ${made.name} added (${made.role}).`);
          if (role === "provider")
            output.line(`It sees nobody yet. Next: satchel user assign ${JSON.stringify(name)} --source NAME`);
          return EXIT.done;
        },
      ),
    );
  user
    .command("list")
    .description("all accounts with what they may see")
    .action(
      withSession("read", async ({ client, output }, _options: object) => {
        const accounts = await client["users.list"]({});
        output.document(accounts);
        if (accounts.length === 0)
          output.note("No accounts: whoever opens the workspace may do everything. satchel user add NAME --role ...");
        else if (!output.json)
          output.line(
            formatTable(
              [{ title: "Name" }, { title: "Role" }, { title: "Organisations" }, { title: "Assigned" }],
              accounts.map((one) => [one.name, one.role, one.organizations.join(", "), assigned(one)]),
            ),
          );
        return EXIT.done;
      }),
    );
  user
    .command("role <name> <role>")
    .description("give an account another role")
    .action(
      withSession("write", async ({ client, output }, name: string, role: string, _options: object) => {
        const account = await client["users.role"]({ name, role: choiceArgument(role, "the role", ROLES) });
        output.document(account);
        output.line(`Account ${account.name} is ${account.role} now.`);
        return EXIT.done;
      }),
    );
  user
    .command("assign <name>")
    .description("say what an account may see; what is given replaces what was")
    .option("--organization <name...>", "the organisations it belongs to; an empty name: none")
    .option("--source <name...>", "a provider's sources; an empty name: none")
    .option("--patient <source=id...>", "a provider's only patients, of one source; an empty name: none")
    .action(
      withSession("write", async ({ client, output }, name: string, options: AssignOptions) => {
        const { organization, source, patient } = options;
        if (organization === undefined && source === undefined && patient === undefined)
          throw new SatchelError("USAGE", "Nothing is given to assign.", "Give --organization, --source or --patient.");
        const account = await client["users.assign"]({
          name,
          organizations: named(organization),
          sources: named(source),
          patients: named(patient)?.map(patientArgument),
        });
        output.document(account);
        output.line(`${account.name}: ${assigned(account) || "nothing assigned"}.`);
        return EXIT.done;
      }),
    );
  user
    .command("password <name>")
    .description("give an account a new password")
    .option("--new-password-env <variable>", "environment variable with it (asked for otherwise)")
    .action(
      withSession("write", async ({ client, output }, name: string, options: { newPasswordEnv?: string }) => {
        const password = await newPassphrase(`Password for ${name}`, options.newPasswordEnv);
        output.document(await client["users.setPassword"]({ name, password }));
        output.line(`Account ${name} has a new password.`);
        return EXIT.done;
      }),
    );
  user
    .command("remove <name>")
    .description("remove an account; without the last one there are no accounts any more")
    .action(
      withSession("write", async ({ client, output }, name: string, _options: object) => {
        output.document(await client["users.remove"]({ name }));
        output.line(`Account ${name} removed.`);
        return EXIT.done;
      }),
    );
}

/** `satchel source edit`: whose hospital a source is. */
export function addSourceEditCommand(source: Command): void {
  source
    .command("edit <name>")
    .description("say whose hospital a place is")
    .requiredOption("--organization <name>", "who may see it: accounts of this organisation; an empty name: nobody's")
    .action(
      withSession("write", async ({ client, output }, name: string, options: { organization: string }) => {
        const organization = options.organization === "" ? null : options.organization;
        output.document(await client["users.bindSource"]({ source: name, organization }));
        output.line(organization === null ? `Source ${name} is nobody's.` : `Source ${name} is ${organization}'s.`);
        return EXIT.done;
      }),
    );
}

function named(values: string[] | undefined): string[] | undefined {
  return values?.filter((one) => one !== "");
}

/** @throws USAGE */
function patientArgument(text: string): AssignedPatient {
  const at = text.indexOf("=");
  if (at > 0 && at < text.length - 1) return { source: text.slice(0, at), id: text.slice(at + 1) };
  throw new SatchelError("USAGE", "A patient is not named by source and id.", "Write it as SOURCE=ID.");
}

function assigned({ sources, patients }: Account): string {
  return [...sources, ...(patients.length === 0 ? [] : [`${patients.length} patients of ${patients[0]?.source}`])].join(
    ", ",
  );
}

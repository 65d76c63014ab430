import type { Command } from "commander";
import { EXIT } from "../exit-codes.ts";
import { withSession } from "../session.ts";
import { choiceArgument } from "./table-arguments.ts";

/** Adds, below `source`, what keys and sign-ins need. */
export function addSourceAuthCommands(source: Command): void {
  source
    .command("sign-in <name>")
    .description(
      "sign in at the server of a source by a browser of this computer; the client is registered there with the redirect address http://127.0.0.1/callback",
    )
    .action(
      withSession("write", async ({ client, output, signal }, name: string, _options: object) => {
        for await (const event of client["sourceAuth.signIn"]({ name }, signal)) {
          output.document(event);
          if (event.type === "result") output.line(`Signed in. Next: satchel sync ${JSON.stringify(event.source)}`);
          else {
            output.line("Open this address in a browser of this computer, and sign in:");
            output.line(event.address);
            output.note("Waiting for the browser to come back ...");
          }
        }
        return EXIT.done;
      }),
    );
  source
    .command("public-keys <name>")
    .alias("jwks")
    .description("the public key of a source with SMART backend services, as JWKS, for its server's administrator")
    .action(
      withSession("read", async ({ client, output }, name: string, _options: object) => {
        const keys = await client["sourceAuth.publicKeys"]({ name });
        output.document(keys);
        output.line(JSON.stringify(keys, null, 2));
        return EXIT.done;
      }),
    );
  source
    .command("make-key <name>")
    .description("make the key of a source with SMART backend services, and show the public one")
    .option("--algorithm <algorithm>", "ES384 (default) or RS384")
    .option("--replace", "in place of the one that it has: its server then has to be given the new one")
    .action(
      withSession(
        "write",
        async ({ client, output }, name: string, options: { algorithm?: string; replace?: boolean }) => {
          const word = choiceArgument(options.algorithm ?? "es384", "--algorithm", ["es384", "rs384"]);
          const keys = await client["sourceAuth.makeKey"]({
            name,
            algorithm: word === "es384" ? "ES384" : "RS384",
            replace: options.replace === true,
          });
          output.document(keys);
          output.line(JSON.stringify(keys, null, 2));
          return EXIT.done;
        },
      ),
    );
}

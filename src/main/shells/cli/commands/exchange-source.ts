import type { Command } from "commander";
import { SatchelError } from "../../../../contract/errors.ts";
import { countArgument, pathArgument } from "../arguments.ts";
import { withSession } from "../session.ts";
import { authOf, withAuthOptions, type AuthOptions } from "./auth-arguments.ts";
import { resourcesConfig, withResourcesOptions } from "./resource-sources.ts";
import { secretFrom } from "./secret-arguments.ts";
import { addSource } from "./sources.ts";

interface ExchangeOptions extends AuthOptions {
  name: string;
  timeZone?: string;
  issuer?: string;
  patientIdentifier?: string;
  practitionerKeyEnv?: string;
  organization?: string[];
  study?: string[];
  callsPerMinute?: string;
  ca?: string;
}

/** Adds `source add jhe`. */
export function addExchangeCommand(add: Command): void {
  withAuthOptions(
    withResourcesOptions(
      add
        .command("jhe <url>")
        .description("a JupyterHealth Exchange: its patients, studies, consents and Open mHealth observations"),
    ),
  )
    .option(
      "--practitioner-key-env <variable>",
      "environment variable with the key that the exchange made for a practitioner (from 0.0.12)",
    )
    .option("--organization <id...>", "only its patients and studies")
    .option("--study <id...>", "only the patients who take part in one of them")
    .option("--calls-per-minute <number>", "requests that the exchange is asked at most (default 100)")
    .option("--ca <file>", "certificate of the authority that signed the server's, PEM")
    .action(
      withSession("make", async (session, url: string, options: ExchangeOptions) => {
        const { name, organization, study, callsPerMinute, ca } = options;
        const { auth, secret } =
          options.practitionerKeyEnv === undefined
            ? await authOf(options)
            : authOfKey(options.practitionerKeyEnv, options);
        return await addSource(
          session,
          "jhe",
          name,
          {
            url,
            auth,
            ...(organization === undefined ? {} : { organizations: organization }),
            ...(study === undefined ? {} : { studies: study }),
            ...(callsPerMinute === undefined
              ? {}
              : { callsPerMinute: countArgument(callsPerMinute, "--calls-per-minute", [1, 60_000]) }),
            ...(ca === undefined ? {} : { ca: pathArgument(ca, "--ca") }),
            ...resourcesConfig(options),
          },
          secret,
        );
      }),
    );
}

/** The key of a practitioner is client id and secret in one: base64 of "id:secret". @throws USAGE */
function authOfKey(variable: string, { tokenUrl }: AuthOptions): { auth: Record<string, unknown>; secret: string } {
  const key = secretFrom(variable) ?? "";
  const [, clientId, secret] = /^([^:]+):(.+)$/s.exec(Buffer.from(key, "base64").toString("utf8")) ?? [];
  if (clientId === undefined || secret === undefined)
    throw new SatchelError(
      "USAGE",
      `The environment variable ${variable} does not hold the key of a practitioner.`,
      "Give the key as the exchange showed it, or --client-id and --secret-env.",
    );
  return { auth: { kind: "client-credentials", clientId, ...(tokenUrl === undefined ? {} : { tokenUrl }) }, secret };
}

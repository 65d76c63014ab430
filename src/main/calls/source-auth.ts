import { SatchelError } from "../../contract/errors.ts";
import { keepSourceSecret } from "../catalog/source-secret.ts";
import { getSource, sourceSecret, type SourceRow } from "../catalog/sources.ts";
import type { FhirAuth } from "../sources/fhir-auth/auth-config.ts";
import type { AuthServer } from "../sources/fhir-auth/auth-server.ts";
import { makePrivateKey, publicKeySet, readPrivateKey } from "../sources/fhir-auth/private-key.ts";
import { signIn } from "../sources/fhir-auth/sign-in.ts";
import { sourceKind } from "../sources/registry.ts";
import { keptSecret } from "./kept-secret.ts";
import type { CallContext, HandlersOf } from "./context.ts";

export function sourceAuthHandlers(context: CallContext): HandlersOf<"sourceAuth"> {
  return {
    "sourceAuth.publicKeys": ({ name }) => {
      const { catalog } = context.workspace;
      const { source } = sourceWith(context, name, "smart-backend");
      const secret = sourceSecret(catalog, source.id);
      if (secret === undefined)
        throw new SatchelError(
          "USAGE",
          `The source ${source.name} has no key yet.`,
          "Make one: satchel source make-key NAME",
        );
      return publicKeySet(readPrivateKey(secret));
    },
    "sourceAuth.makeKey": async ({ name, algorithm, replace }) => {
      const { catalog } = context.workspace;
      const { source } = sourceWith(context, name, "smart-backend");
      const secret = await makePrivateKey(algorithm);
      // Looked at after the wait: another call may have made one.
      if (!replace && sourceSecret(catalog, source.id) !== undefined)
        throw new SatchelError(
          "ALREADY_EXISTS",
          `The source ${source.name} has a key already.`,
          "Use that one, or replace it (--replace): its server then has to be given the new one.",
        );
      keepSourceSecret(catalog, source.id, secret);
      context.changes.tell("sources");
      return publicKeySet(readPrivateKey(secret));
    },
    "sourceAuth.signIn": async function* ({ name }, signal) {
      const { catalog } = context.workspace;
      const { source, server } = sourceWith(context, name, "pkce");
      const shown = Promise.withResolvers<string>();
      const secret = signIn(server, shown.resolve, signal);
      const address = await Promise.race([shown.promise, secret.then(() => undefined)]);
      if (address !== undefined) {
        const opened = await open(context, address);
        yield { type: "address", address, opened };
      }
      const signedIn = await secret;
      const kept = keptSecret(catalog, source.id);
      // Not between a renewal and what it brings.
      await kept.exclusively(() => Promise.resolve(kept.write(signedIn)));
      context.changes.tell("sources");
      yield { type: "result", source: source.name };
    },
  };
}

async function open({ ports }: CallContext, address: string): Promise<boolean> {
  if (ports.openAddress === undefined) return false;
  try {
    await ports.openAddress(address);
    return true;
  } catch {
    // No browser is there to open it: the address is shown.
    return false;
  }
}

/** @throws USAGE where the source is let in by something else */
function sourceWith<Kind extends FhirAuth["kind"]>(
  { workspace }: CallContext,
  name: string,
  auth: Kind,
): { source: SourceRow; server: AuthServer & { auth: Extract<FhirAuth, { kind: Kind }> } } {
  const source = getSource(workspace.catalog, name);
  const kind = sourceKind(source.kind);
  const server = kind.holds === "resources" ? kind.authServer?.(source.config) : undefined;
  if (server?.auth.kind !== auth)
    throw new SatchelError(
      "USAGE",
      `The source ${source.name} is not let in by ${WORDS[auth]}.`,
      "Look at its settings: satchel source list --json",
    );
  return { source, server: { ...server, auth: server.auth as Extract<FhirAuth, { kind: Kind }> } };
}

const WORDS: Record<FhirAuth["kind"], string> = {
  none: "nothing",
  bearer: "a token",
  basic: "user and password",
  "client-credentials": "client credentials",
  "smart-backend": "SMART backend services",
  pkce: "a sign-in",
};

import { SatchelError } from "../../../contract/errors.ts";
import { errorCode, NETWORK_CAUSES, TRUST_CAUSES } from "../network-causes.ts";

/**
 * What both servers' drivers meet on the way to a server. Their texts are left out: they can hold addresses.
 *
 * @returns undefined where it is not of the network
 */
export function describeConnectionError(server: string, thrown: unknown): SatchelError | undefined {
  const code = errorCode(thrown);
  const known = TRUST_CAUSES[code] ?? NETWORK_CAUSES[code];
  if (known === undefined) return undefined;
  return new SatchelError(
    "SOURCE_UNREACHABLE",
    `The ${server} server could not be reached: ${known.cause}.`,
    known.next,
    {
      cause: thrown,
    },
  );
}

export function withoutTls(server: string, cause: unknown): SatchelError {
  return new SatchelError(
    "SOURCE_UNREACHABLE",
    `The ${server} server offers no encrypted connection, and the source asks for one; nothing was sent to it.`,
    "Have TLS switched on at the server, or reach it through an SSH tunnel and set TLS to disable for that.",
    { cause },
  );
}

export function lostConnection(server: string, cause: unknown): SatchelError {
  return new SatchelError(
    "SOURCE_UNREACHABLE",
    `The connection to the ${server} server was lost; what was read so far is kept.`,
    "See whether the server is still running, then sync again.",
    { cause },
  );
}

export function describeLongText(server: string, cause: unknown): SatchelError {
  return new SatchelError(
    "SOURCE_ANSWER",
    `A record of the ${server} server is too long to be read: it has a text of more than 512 MB.`,
    "Find it by the length of the columns that the mapping names, and leave it out by a condition of the mapping.",
    { cause },
  );
}

export function cancelled(): SatchelError {
  return new SatchelError("CANCELLED", "Cancelled.");
}

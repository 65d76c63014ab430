import { SatchelError } from "../../../contract/errors.ts";

interface Cause {
  cause: string;
  next: string;
}

const NETWORK: Record<string, Cause> = {
  ECONNREFUSED: {
    cause: "nothing listens at that address and port",
    next: "Start the server, or correct host and port of the source.",
  },
  ENOTFOUND: { cause: "the host name is not known", next: "Correct the host name of the source, or the DNS." },
  EAI_AGAIN: { cause: "the host name could not be looked up", next: "Check the network and the DNS." },
  EHOSTUNREACH: { cause: "there is no route to the host", next: "Check the network cable, the VPN and the firewall." },
  ENETUNREACH: { cause: "there is no network", next: "Check the network cable, the VPN and the firewall." },
  ETIMEDOUT: { cause: "it did not answer in time", next: "Check the network and the firewall, then try again." },
  ECONNRESET: {
    cause: "the connection was closed half-way",
    next: "See whether the server is still running, then sync again.",
  },
  EPIPE: {
    cause: "the connection was closed half-way",
    next: "See whether the server is still running, then sync again.",
  },
};

const UNKNOWN_AUTHORITY: Cause = {
  cause: "its certificate was issued by an authority that this computer does not know",
  next: "Ask the server's administrator for the authority's certificate as a PEM file and give it to the source.",
};

const TLS: Record<string, Cause> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  CERT_SIGNATURE_FAILURE: UNKNOWN_AUTHORITY,
  CERT_HAS_EXPIRED: {
    cause: "its certificate has expired",
    next: "Check this computer's date; if it is right, ask the server's administrator to renew the certificate.",
  },
  CERT_NOT_YET_VALID: { cause: "its certificate is not valid yet", next: "Check this computer's date." },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    cause: "its certificate was issued for another host name",
    next: "Use the host name that the certificate names.",
  },
};

/**
 * What both servers' drivers meet on the way to a server. Their texts are left out: they can hold addresses.
 *
 * @returns undefined where it is not of the network
 */
export function describeConnectionError(server: string, thrown: unknown): SatchelError | undefined {
  const code = errorCode(thrown);
  const known = TLS[code] ?? NETWORK[code];
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

export function errorCode(thrown: unknown): string {
  // A host with several addresses (localhost: ::1 and 127.0.0.1) fails with all of their errors at once.
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return errorCode(thrown.errors[0]);
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && typeof thrown.code === "string")
    return thrown.code;
  return "";
}

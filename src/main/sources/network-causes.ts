/** Why a server could not be reached, in a person's words, after "could not be reached: ". */
export interface NetworkCause {
  cause: string;
  next: string;
}

const CLOSED: NetworkCause = {
  cause: "it closed the connection half-way",
  next: "See whether the server is still running, then try again.",
};

/** By the codes of Node, whatever is spoken on the way. */
export const NETWORK_CAUSES: Readonly<Record<string, NetworkCause>> = {
  ECONNREFUSED: {
    cause: "nothing listens at that address and port",
    next: "Start the server, or correct host and port of the source.",
  },
  ENOTFOUND: { cause: "the host name is not known", next: "Correct the host name of the source, or the DNS." },
  EAI_AGAIN: { cause: "the host name could not be looked up", next: "Check the network and the DNS." },
  EHOSTUNREACH: { cause: "there is no route to the host", next: "Check the network cable, the VPN and the firewall." },
  ENETUNREACH: { cause: "there is no network", next: "Check the network cable, the VPN and the firewall." },
  ETIMEDOUT: { cause: "it did not answer in time", next: "Check the network and the firewall, then try again." },
  ECONNRESET: CLOSED,
  EPIPE: CLOSED,
};

const UNKNOWN_AUTHORITY: NetworkCause = {
  cause: "its certificate was issued by an authority that this computer does not know",
  next: "Ask the server's administrator for the authority's certificate as a PEM file and give it to the source.",
};

/** Trust is not a matter of trying again: these are never retried. */
export const TRUST_CAUSES: Readonly<Record<string, NetworkCause>> = {
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

/** @returns "" where there is none */
export function errorCode(thrown: unknown): string {
  // A host with several addresses (localhost: ::1 and 127.0.0.1) fails with all of their errors at once.
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return errorCode(thrown.errors[0]);
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && typeof thrown.code === "string")
    return thrown.code;
  return "";
}

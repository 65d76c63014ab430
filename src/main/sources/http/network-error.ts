import { SatchelError } from "../../../contract/errors.ts";

const NETWORK_CAUSES: Record<string, { cause: string; next: string }> = {
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
    cause: "it closed the connection half-way",
    next: "See whether the server is still running, then try again.",
  },
  EPIPE: {
    cause: "it closed the connection half-way",
    next: "See whether the server is still running, then try again.",
  },
  HPE_INVALID_CONSTANT: {
    cause: "what answers there does not speak HTTP",
    next: "Correct host and port of the source.",
  },
};

const UNKNOWN_AUTHORITY = {
  cause: "its certificate was issued by an authority that this computer does not know",
  next: "Ask the server's administrator for the authority's certificate as a PEM file and give it to the source.",
};

/** Trust is not a matter of trying again: these are never retried. */
const TLS_CAUSES: Record<string, { cause: string; next: string }> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  CERT_HAS_EXPIRED: {
    cause: "its certificate has expired",
    next: "Check this computer's date; if it is right, ask the server's administrator to renew the certificate.",
  },
  CERT_NOT_YET_VALID: { cause: "its certificate is not valid yet", next: "Check this computer's date." },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    cause: "its certificate was issued for another host name",
    next: "Use the host name that the certificate names.",
  },
  EPROTO: {
    cause: "it does not speak TLS as expected",
    next: "Use http:// instead of https:// if the server has no TLS, or correct the port.",
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    cause: "it does not speak TLS",
    next: "Use http:// instead of https:// if the server has no TLS, or correct the port.",
  },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: {
    cause: "it does not speak TLS",
    next: "Use http:// instead of https:// if the server has no TLS, or correct the port.",
  },
};

/**
 * Puts what node:http, node:https or node:tls threw into a person's words. The texts of Node are left out: they can hold
 * addresses and header values.
 *
 * @param server what a person calls it: "Orthanc server"
 * @returns SOURCE_UNREACHABLE with the next step, and whether another attempt may help
 */
export function describeNetworkError(thrown: unknown, server: string): { error: SatchelError; retry: boolean } {
  const code = errorCode(thrown);
  const tls = TLS_CAUSES[code];
  const known = tls ?? NETWORK_CAUSES[code];
  const cause = known?.cause ?? "the connection failed";
  const next = known?.next ?? "Check address and network of the source, then try again.";
  return {
    error: new SatchelError("SOURCE_UNREACHABLE", `The ${server} could not be reached: ${cause}.`, next, {
      cause: thrown,
    }),
    retry: tls === undefined,
  };
}

function errorCode(thrown: unknown): string {
  // A host with several addresses (localhost: ::1 and 127.0.0.1) fails with all of their errors at once.
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return errorCode(thrown.errors[0]);
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && typeof thrown.code === "string")
    return thrown.code;
  return "";
}

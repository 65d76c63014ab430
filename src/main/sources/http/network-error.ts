import { SatchelError } from "../../../contract/errors.ts";
import { errorCode, NETWORK_CAUSES, TRUST_CAUSES, type NetworkCause } from "../network-causes.ts";

const OF_HTTP: Readonly<Record<string, NetworkCause>> = {
  ...NETWORK_CAUSES,
  HPE_INVALID_CONSTANT: {
    cause: "what answers there does not speak HTTP",
    next: "Correct host and port of the source.",
  },
};

/** Never retried, either. */
const OF_TLS: Readonly<Record<string, NetworkCause>> = {
  ...TRUST_CAUSES,
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
  const tls = OF_TLS[code];
  const known = tls ?? OF_HTTP[code];
  const cause = known?.cause ?? "the connection failed";
  const next = known?.next ?? "Check address and network of the source, then try again.";
  return {
    error: new SatchelError("SOURCE_UNREACHABLE", `The ${server} could not be reached: ${cause}.`, next, {
      cause: thrown,
    }),
    retry: tls === undefined,
  };
}

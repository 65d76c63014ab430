import { SatchelError } from "../../../contract/errors.ts";
import type { HttpResponse } from "./http-client.ts";
import type { ServerWords } from "./http-server.ts";

/** What a status that is no answer means, as an error with the next step. */
export function describeStatus(
  response: Pick<HttpResponse, "status" | "headers">,
  base: URL,
  words: ServerWords,
): SatchelError {
  const { status, headers } = response;
  if (status === 401) {
    return new SatchelError(
      "SOURCE_REFUSED",
      `The ${words.server} does not accept the user and password (or token) of the source (401).`,
      "Check them with the server's administrator and add the source again.",
    );
  }
  if (status === 403) {
    return new SatchelError(
      "SOURCE_REFUSED",
      `The ${words.server} knows this user but does not allow the request (403).`,
      `Ask the server's administrator for read access to ${words.api}.`,
    );
  }
  if (status >= 300 && status < 400) {
    // Not followed: credentials would go to wherever it points.
    const target = redirectOrigin(headers.location, base);
    return new SatchelError(
      "SOURCE_ANSWER",
      `The ${words.server} redirects${target === undefined ? "" : ` to ${target}`} (${status}), which is not followed.`,
      "Give the source the address to which the server redirects, if you trust it.",
    );
  }
  if (status >= 500 || status === 408 || status === 429) {
    return new SatchelError(
      status === 500 ? "SOURCE_ANSWER" : "SOURCE_UNREACHABLE",
      `The ${words.server} could not serve the request (${status}), and trying again did not help.`,
      "Look into the server's log, then try again.",
    );
  }
  return new SatchelError(
    "SOURCE_ANSWER",
    `The ${words.server} answered with the unexpected status ${status}.`,
    `Check that the address of the source is that of ${words.api}.`,
  );
}

function redirectOrigin(location: string | undefined, base: URL): string | undefined {
  if (location === undefined || !URL.canParse(location, base.href)) return undefined;
  const { origin } = new URL(location, base);
  return origin === "null" ? undefined : origin;
}

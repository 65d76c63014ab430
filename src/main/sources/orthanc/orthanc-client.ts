import type { Timeouts } from "../http/exchange.ts";
import { createHttpClient, type HttpClient } from "../http/http-client.ts";
import type { ServerWords } from "../http/http-server.ts";
import type { Patience } from "../http/retry.ts";
import type { OrthancConfig } from "./orthanc-config.ts";

const WORDS: ServerWords = { server: "Orthanc server", source: "Orthanc source", api: "Orthanc's REST API" };

/** Redirects are not followed: credentials would go to wherever they point. @throws as `createHttpClient` */
export function createOrthancClient(
  config: OrthancConfig,
  secret: string | undefined,
  timeouts?: Timeouts,
  patience?: Patience,
): HttpClient {
  return createHttpClient({ ...config, redirects: "refuse", words: WORDS }, secret, timeouts, patience);
}

import type { ServerWords } from "../http/http-server.ts";

/** How a FHIR server and its source are called where something goes wrong. */
export const FHIR_WORDS: ServerWords = {
  server: "FHIR server",
  source: "fhir source",
  api: "the server's FHIR API",
};

import type { ServerWords } from "../http/http-server.ts";
import type { FhirAuth } from "./auth-config.ts";

/** A server with data, and how it wants to be told who asks: what a kind of source knows of its own configuration. */
export interface AuthServer {
  /** Base of its FHIR API: descriptions of its token endpoint lie below. */
  url: string;
  auth: FhirAuth;
  /** Absolute path of a PEM file with the certificates of a private authority, trusted besides the public ones. */
  ca?: string | undefined;
  words: ServerWords;
  /** What a sign-in asks for, where the configuration does not say; left out: what SMART defines. */
  signInScope?: string;
}

/**
 * The secret of a source where authentication changes it: a renewed sign-in replaces the one before, which the server then takes no more.
 * Kept in the encrypted catalog.
 */
export interface KeptSecret {
  read(): string | undefined;
  write(secret: string): void;
  /** One at a time for a source, whoever asks: a refresh token that is used twice is a stolen one to its server. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

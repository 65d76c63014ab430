/**
 * What a request to a server has in its headers to say who asks. For the server's own origin alone: whoever sends it sees to that.
 */
export interface TokenSource {
  /** @throws USAGE (a secret is lacking), SOURCE_REFUSED, SOURCE_ANSWER, SOURCE_UNREACHABLE, CANCELLED */
  authorization(signal: AbortSignal): Promise<Record<string, string>>;
  /**
   * After a 401: another token than the one that was refused. One request for all who ask at once; who asks later gets the token that
   * came meanwhile.
   *
   * @param refused the headers of the request that was answered by 401
   * @returns whether there is another, so that the request may be tried once more
   */
  renew(refused: Record<string, string>, signal: AbortSignal): Promise<boolean>;
  /** Waits for what is under way, so that it is kept. */
  close(): Promise<void>;
}

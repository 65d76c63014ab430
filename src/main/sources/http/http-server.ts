/** How to reach one server, and how its source is called where something goes wrong. The password or token is not in here. */
export interface HttpServer {
  /** http(s)://host[:port][/prefix] */
  url: string;
  auth: { kind: "none" } | { kind: "basic"; user: string } | { kind: "bearer" };
  /** Absolute path of a PEM file with the certificates of a private authority, trusted besides the public ones. */
  ca?: string | undefined;
  /** Requests at once. */
  concurrency: number;
  /** `refuse`: none is followed. `within-origin`: those that stay at scheme, host and port. */
  redirects: "refuse" | "within-origin";
  words: ServerWords;
}

/** In sentences: "The … could not be reached". */
export interface ServerWords {
  /** "Orthanc server" */
  server: string;
  /** "Orthanc source" */
  source: string;
  /** "Orthanc's REST API" */
  api: string;
}

interface Place {
  path?: string;
  url?: string;
  /** Of a database: how the connection is protected. */
  tls?: string;
}

/** Where a source is, without any secret: a folder's or file's path, or a server's address. */
export function placeOf(config: unknown): string {
  const { path, url } = config as Place;
  return path ?? (url === undefined ? "" : withoutPassword(url));
}

/** Kinds refuse a password in an address; one that stands there all the same is not shown. */
function withoutPassword(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.password === "") return address;
  url.password = "";
  return url.href;
}

/** Whether what was read at the one place says nothing about the other. */
export function isElsewhere(before: unknown, after: unknown): boolean {
  return placeOf(before) !== placeOf(after);
}

/** Whether a password given for the one may not be sent to the other: another host or port, or not as safely encrypted as before. */
export function isOtherServer(before: unknown, after: unknown): boolean {
  const server = (config: unknown): string => {
    const { url } = config as Place;
    if (url === undefined || !URL.canParse(url)) return "";
    // Not `origin`, which is "null" for the addresses of databases.
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  };
  return server(before) !== server(after) || safetyOf(after) < safetyOf(before);
}

/** Of a database's settings: how hard it is to listen in, or to answer in the server's place. */
function safetyOf(config: unknown): number {
  return ["disable", "require", "verify-full"].indexOf((config as Place).tls ?? "");
}

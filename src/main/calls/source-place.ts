interface Place {
  path?: string;
  url?: string;
}

/** Where a source is, without any secret: a folder's path or a server's address. */
export function placeOf(config: unknown): string {
  const { path, url } = config as Place;
  return path ?? url ?? "";
}

/** Whether what was read at the one place says nothing about the other. */
export function isElsewhere(before: unknown, after: unknown): boolean {
  return placeOf(before) !== placeOf(after);
}

/** Whether a password given for the one may not be sent to the other: another host or port, or no longer encrypted. */
export function isOtherServer(before: unknown, after: unknown): boolean {
  const origin = (config: unknown): string => {
    const { url } = config as Place;
    return url !== undefined && URL.canParse(url) ? new URL(url).origin : "";
  };
  return origin(before) !== origin(after);
}

import { objectMembers } from "./object-members.ts";

/**
 * A resource of a Bundle whose entries name each other by `urn:uuid:…`: such references become "Type/id", as a server makes of them (R4
 * 3.1.0.11.2), and a resource without an id gets that of its fullUrl. All other bytes stay as they are.
 *
 * @param urns of all entries of the Bundle
 */
export function resolveUrns(json: Buffer, fullUrl: string, urns: ReadonlyMap<string, string>): Buffer {
  let resolved = json;
  if (urns.size > 0 && json.includes('"urn:'))
    resolved = Buffer.from(
      json
        .toString()
        // A quote within a text is escaped, so this meets members of that name alone.
        .replaceAll(REFERENCE, (whole, before: string, urn: string) => {
          const named = urns.get(urn);
          return named === undefined ? whole : `${before}"${named}"`;
        }),
    );
  const id = idOfUrn(fullUrl);
  if (id === "" || objectMembers(resolved).has("id")) return resolved;
  const start = resolved.indexOf("{") + 1;
  return Buffer.concat([
    resolved.subarray(0, start),
    Buffer.from(`"id":${JSON.stringify(id)},`),
    resolved.subarray(start),
  ]);
}

const REFERENCE = /((?<!\\)"reference"\s*:\s*)"(urn:[^"\\]+)"/g;

/** "urn:uuid:0c3151bd-…" names an id; the last part of another address does, too. "" of none. */
export function idOfUrn(url: string): string {
  return /^urn:(?:uuid|oid):(\S+)$/.exec(url)?.[1] ?? /^https?:\/\/\S*\/([A-Za-z0-9\-.]{1,64})$/.exec(url)?.[1] ?? "";
}

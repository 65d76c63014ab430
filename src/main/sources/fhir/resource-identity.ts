import { findMembers } from "./json-spans.ts";

/** What a resource is called, without reading the whole of it. "" where it does not say, or is no JSON. */
export interface ResourceIdentity {
  type: string;
  id: string;
  lastUpdated: string;
  versionId: string;
}

const UNKNOWN: ResourceIdentity = { type: "", id: "", lastUpdated: "", versionId: "" };

export function identify(json: Buffer): ResourceIdentity {
  try {
    const members = findMembers(json, 0);
    const read = (name: string): unknown => {
      const span = members.get(name);
      return span === undefined ? undefined : JSON.parse(json.toString("utf8", span.from, span.to));
    };
    const meta = (read("meta") ?? {}) as { lastUpdated?: unknown; versionId?: unknown };
    return {
      type: textOf(read("resourceType")),
      id: textOf(read("id")),
      lastUpdated: textOf(meta.lastUpdated),
      versionId: textOf(meta.versionId),
    };
  } catch {
    // Who puts it is told why.
    return UNKNOWN;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

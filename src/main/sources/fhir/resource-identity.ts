/** What a resource is called. "" where it does not say, or is no JSON. */
export interface ResourceIdentity {
  type: string;
  id: string;
  lastUpdated: string;
}

const UNKNOWN: ResourceIdentity = { type: "", id: "", lastUpdated: "" };

/** Parses the whole: some microseconds for an Observation, less than looking for the parts alone takes. */
export function identify(json: Buffer): ResourceIdentity {
  try {
    const { resourceType, id, meta } = JSON.parse(json.toString("utf8")) as Record<string, unknown>;
    const { lastUpdated } = (meta ?? {}) as { lastUpdated?: unknown };
    return { type: textOf(resourceType), id: textOf(id), lastUpdated: textOf(lastUpdated) };
  } catch {
    // Who puts it is told why.
    return UNKNOWN;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

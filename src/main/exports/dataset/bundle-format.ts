import type { PartFormat } from "./part-format.ts";

const NOTHING = Buffer.alloc(0);

/**
 * A Bundle of type collection, one entry a line. Each chunk joins its entries by commas; `opening` and `between` stand before chunks, since
 * FHIR knows no empty arrays (R4 2.6.0.4) and a chunk of which everything was withheld leaves nothing to join.
 */
export function createBundleFormat(): PartFormat {
  return {
    mediaType: "application/fhir+json",
    deflates: false,
    compressed: false,
    before: NOTHING,
    head: () => '{"resourceType":"Bundle","type":"collection"',
    foot: (written) => (written === 0 ? "}\n" : "\n]}\n"),
    opening: ',"entry":[\n',
    between: ",\n",
    after: () => NOTHING,
    text: { line: (json, id, first) => `${first ? "" : ",\n"}${bundleEntry(json, id)}`, row: () => "" },
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `fullUrl` where the exported id is a UUID: a source's own id is none, and a collection need not have one (FHIR R4 bdl-7). */
function bundleEntry(json: string, id: string): string {
  return UUID.test(id) ? `{"fullUrl":"urn:uuid:${id}","resource":${json}}` : `{"resource":${json}}`;
}

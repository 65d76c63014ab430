import type { Json } from "../../fhir/json.ts";

const MEDIA_TYPES =
  /^(?:image\/(?:jpe?g|png|gif|webp|tiff|bmp|heic|svg\+xml)|application\/(?:pdf|json|xml|dicom|hl7-v3\+xml|fhir\+(?:json|xml)|fhir\+ndjson|rtf|msword|zip|octet-stream)|text\/(?:plain|html|xml|csv|rtf|markdown|cql)|audio\/(?:mpeg|wav|ogg|mp4)|video\/(?:mp4|mpeg|webm|ogg))$/;

/** A kind of file that records have, without its parameters. */
export function isMediaType(text: string): boolean {
  return MEDIA_TYPES.test(text);
}

/** "application/json; charset=utf-8" is application/json. "" where the text is none. */
export function mediaTypeOf(contentType: Json | undefined): string {
  return typeof contentType === "string" ? contentType.split(";")[0]!.trim().toLowerCase() : "";
}

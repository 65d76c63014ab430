import type { WithheldReason } from "../../../contract/fhir.ts";
import { isJsonObject, type Json, type Resource } from "../../fhir/json.ts";
import { mediaTypeOf } from "./media-types.ts";

/** Why a resource that is a picture, or nothing but pictures, is held back; undefined where it is none, or pictures were asked for. */
export function reasonOfPictures(resource: Resource, images: "exclude" | "include"): WithheldReason | undefined {
  if (images === "include") return undefined;
  switch (resource.resourceType) {
    case "Media":
      return "picture";
    case "Binary":
      return isPicture(resource["contentType"]) ? "picture" : undefined;
    case "DocumentReference": {
      const content = resource["content"];
      const all = Array.isArray(content) ? content : [];
      return all.length > 0 && all.every(isPictureContent) ? "picture" : undefined;
    }
    default:
      return undefined;
  }
}

function isPictureContent(content: Json): boolean {
  const attachment = isJsonObject(content) ? content["attachment"] : undefined;
  return isJsonObject(attachment) && isPicture(attachment["contentType"]);
}

function isPicture(contentType: Json | undefined): boolean {
  return /^(?:image|video)\//.test(mediaTypeOf(contentType));
}

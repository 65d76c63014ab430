import { isJsonObject, type Json, type JsonObject } from "../../fhir/json.ts";
import { objectsOf, textOf } from "../../fhir/values-at.ts";

/** A file that a Bulk Data manifest names. */
export interface ManifestFile {
  /** Names that it may bear in the folder: as it was saved, or the last part of its address. */
  names: string[];
  type: string;
  /** Resources in it; undefined where the manifest does not say. */
  count: number | undefined;
}

/** A Bulk Data manifest (v1 to v4) that lies beside its files. */
export interface Manifest {
  /** ISO instant; "" where it has none. */
  transactionTime: string;
  output: ManifestFile[];
  deleted: ManifestFile[];
  /** `error` up to version 3, `outcome` from 4. */
  errors: ManifestFile[];
  /** Other manifests go on where this one ends. */
  continues: boolean;
}

/** undefined where the document is no manifest. */
export function parseManifest(document: Json): Manifest | undefined {
  if (!isJsonObject(document) || !Array.isArray(document["output"]) || document["resourceType"] !== undefined)
    return undefined;
  if (typeof document["transactionTime"] !== "string" && !("requiresAccessToken" in document)) return undefined;
  return {
    transactionTime: textOf(document["transactionTime"]),
    output: objectsOf(document["output"]).map(toFile),
    deleted: objectsOf(document["deleted"]).map(toFile),
    errors: [...objectsOf(document["error"]), ...objectsOf(document["outcome"])].map(toFile),
    continues: objectsOf(document["link"]).some(({ relation }) => relation === "next"),
  };
}

function toFile({ url, destination, type, count }: JsonObject): ManifestFile {
  return {
    names: [...new Set([lastPart(textOf(destination)), lastPart(textOf(url))])].filter((name) => name !== ""),
    type: textOf(type),
    count: typeof count === "number" ? count : undefined,
  };
}

function lastPart(address: string): string {
  const [path = ""] = address.split(/[?#]/);
  const last = path.split(/[/\\]/).at(-1) ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

import { SatchelError } from "../../contract/errors.ts";
import type { z } from "../../contract/schema.ts";
import { folderConfig } from "./folder/folder-config.ts";
import { folderSource } from "./folder/folder-source.ts";
import { orthancConfig } from "./orthanc/orthanc-config.ts";
import { orthancSource } from "./orthanc/orthanc-source.ts";
import { registered, type Registered } from "./registered.ts";
import type { SourceKind } from "./source.ts";

/** A kind whose instances can be opened. */
export type ImagesSource = SourceKind<unknown> & Registered & { readonly holds: "images" };

function register<Config extends Record<string, unknown>>(
  source: SourceKind<Config>,
  label: string,
  schema: z.ZodType<Config>,
): ImagesSource {
  const { parse, ...common } = registered(source, label, schema);
  return {
    holds: "images",
    ...common,
    sync: async (config, secret, target, onProgress, signal) =>
      await source.sync(parse(config), secret, target, onProgress, signal),
    openReader: (config, secret, scratch) => source.openReader(parse(config), secret, scratch),
  };
}

/** Kinds that hold images: all that workers know of, who would else load the drivers of every database (15 MB each). */
export const IMAGE_KINDS: readonly ImagesSource[] = [
  register(folderSource, "DICOM folder", folderConfig),
  register(orthancSource, "Orthanc server", orthancConfig),
];

/** @throws USAGE where there is no such kind of source, or it holds something else */
export function imagesKind(kind: string): ImagesSource {
  const found = IMAGE_KINDS.find((candidate) => candidate.kind === kind);
  if (found !== undefined) return found;
  throw new SatchelError("USAGE", `Sources of the kind ${kind} hold no images.`, "Choose a source of images.");
}

import { join } from "node:path";
import type { ImagingRecipe } from "../../src/contract/recipe.ts";
import { makeDemoHospital } from "../../src/main/demo/make-demo-hospital.ts";
import { createWorkshop, type Workshop } from "./workshop.ts";

/** A workshop whose source is a small demo hospital, which stands in `source` below the root. */
export async function createDemoWorkshop(root: string): Promise<Workshop> {
  const source = join(root, "source");
  await makeDemoHospital(source, { size: "small" });
  return createWorkshop(root, { folder: source });
}

/** @returns the path of another folder at each call; none of them is made */
export function folderNames(root: string): () => string {
  let folders = 0;
  return () => join(root, `out-${++folders}`);
}

/** Everything that the workshop has, pseudonymised under its key, as one ZIP file: `complete_export.zip`. */
export function recipeTo(destination: string, change: Partial<ImagingRecipe> = {}): ImagingRecipe {
  return {
    kind: "imaging",
    version: 1,
    selection: { scope: "all" },
    policy: { kind: "pseudonymised", key: "lung", options: [] },
    images: true,
    previews: true,
    format: "zip",
    compress: 0,
    grouping: "one",
    destination,
    ...change,
  };
}

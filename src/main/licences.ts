import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "../contract/schema.ts";
import { LICENCES_FILE, PRODUCT_FOLDER } from "./places.ts";

const licences = z.array(z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() }));
type Licences = z.infer<typeof licences>;

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().default("see the package"),
  dependencies: z.record(z.string(), z.string()).default({}),
});

/** What Satchel is made of, with licences: the list that the build made, or in a clone without one the packages that run here. */
export function readLicences(): Licences {
  const own = readManifest(PRODUCT_FOLDER);
  try {
    return licences.parse(JSON.parse(readFileSync(LICENCES_FILE, "utf8")));
  } catch {
    const packages = Object.keys(own?.dependencies ?? {}).map((name) =>
      readManifest(join(PRODUCT_FOLDER, "node_modules", name)),
    );
    return [own, ...packages].flatMap((one) =>
      one === undefined ? [] : [{ name: one.name, version: one.version, licence: one.license, text: "" }],
    );
  }
}

function readManifest(folder: string): z.infer<typeof manifest> | undefined {
  try {
    return manifest.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
  } catch {
    // An installed tree has bundled its packages; then the build's list is there.
    return undefined;
  }
}

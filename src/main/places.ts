import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** In a clone the modules run as they were written; everywhere else they are built into `out/` and may lie in any of its chunks. */
const BUILT = !import.meta.filename.endsWith(".ts");

/** The folder of Satchel's package.json: a clone, an installed tree or an application archive. */
export const PRODUCT_FOLDER = findProduct(import.meta.dirname);

/** The window's page. Built in every case: `npm run build`. */
export const PAGE_FOLDER = join(PRODUCT_FOLDER, "out", "renderer");

/** WebAssembly of the decoders: the build puts it beside the entries, so that no package need be there. */
export const CODECS_FILE = BUILT
  ? join(PRODUCT_FOLDER, "out", "main", "dcmjs-native-codecs.wasm")
  : join(PRODUCT_FOLDER, "node_modules", "dcmjs-codecs", "build", "dcmjs-native-codecs.wasm");

/** What Satchel is made of, with licences: made by the build. */
export const LICENCES_FILE = join(PRODUCT_FOLDER, "out", "licences.json");

/**
 * Entry of a worker thread.
 *
 * @param name path below src/main without its ending, which must be that of an entry in electron.vite.config.ts: "jobs/worker"
 */
export function workerEntry(name: string): URL {
  return pathToFileURL(
    BUILT ? join(PRODUCT_FOLDER, "out", "main", `${name}.js`) : join(PRODUCT_FOLDER, "src", "main", `${name}.ts`),
  );
}

function findProduct(start: string): string {
  let folder = start;
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("package.json is missing above Satchel's modules");
    folder = parent;
  }
  return folder;
}

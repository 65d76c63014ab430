/**
 * Names, versions and licences of everything that ends up in the product: what is bundled into the page and the main process, and what
 * is shipped beside them. Texts are the ones that the packages carry.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

interface Manifest {
  name: string;
  version: string;
  license?: string;
  author?: string | { name: string };
  dependencies?: Record<string, string>;
}
interface Licence {
  name: string;
  version: string;
  licence: string;
  text: string;
}

/** Of what is bundled or shipped; the packages that these need are found from here. Tools and tests are not among them. */
const SHIPPED = [
  "better-sqlite3",
  "commander",
  "ws",
  "zod",
  "react",
  "react-dom",
  "@mantine/core",
  "@mantine/hooks",
  "@tabler/icons-react",
  "@tanstack/react-query",
  "@tanstack/react-virtual",
  "@fontsource-variable/noto-sans",
  "@fontsource-variable/noto-sans-arabic",
  "@fontsource-variable/noto-sans-devanagari",
  "@fontsource-variable/noto-sans-jp",
  "@fontsource-variable/noto-sans-kr",
  "@fontsource-variable/noto-sans-sc",
];
/** Of these one file is shipped and nothing that they need. */
const ALONE = ["dcmjs-codecs", "electron"];
/** Carries the Node.js that an installed package runs on; which of them is there depends on the machine. */
const RUNTIMES = /^node-(?:linux|darwin|win)-/;
/** Needed to build or to type the packages above, never run. */
const NOT_SHIPPED = /^(?:@types\/.*|node-addon-api|csstype|type-fest|tagged-tag)$/;

/** @param root the clone, with its packages installed */
export function writeLicences(root: string, file: string): void {
  const found = new Map<string, Licence>();
  for (const name of SHIPPED) collect(root, name, true, found);
  for (const name of ALONE) collect(root, name, false, found);
  for (const name of readdirSync(join(root, "node_modules"))
    .filter((one) => RUNTIMES.test(one))
    .slice(0, 1)) {
    collect(root, name, false, found);
  }
  const list = [...found.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  writeFileSync(file, `${JSON.stringify(list, null, 1)}\n`);
}

function collect(from: string, name: string, deep: boolean, found: Map<string, Licence>): void {
  if (NOT_SHIPPED.test(name)) return;
  const folder = findPackage(from, name);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const key = `${manifest.name}@${manifest.version}`;
  if (found.has(key)) return;
  found.set(key, {
    name: manifest.name,
    version: manifest.version,
    licence: manifest.license ?? "see text",
    text: licenceText(folder, manifest),
  });
  if (!deep) return;
  for (const dependency of Object.keys(manifest.dependencies ?? {})) collect(folder, dependency, true, found);
}

/** A package's folder as Node.js would find it from another; not by its main file, which `exports` may hide. */
function findPackage(from: string, name: string): string {
  const places = createRequire(join(from, "package.json")).resolve.paths(name) ?? [];
  const folder = places.map((place) => join(place, name)).find((place) => existsSync(join(place, "package.json")));
  if (folder === undefined) throw new Error(`The package ${name} is not installed: npm ci`);
  return folder;
}

function licenceText(folder: string, { license, author }: Manifest): string {
  const names = readdirSync(folder).filter((name) => /^(?:licen[cs]e|copying|notice|ofl)/i.test(name));
  if (names.length === 0) {
    const by = typeof author === "string" ? author : author?.name;
    return `The package declares ${license ?? "no licence"}${by === undefined ? "" : `, by ${by}`}, and carries no text of it.`;
  }
  return names
    .toSorted()
    .map((name) => readFileSync(join(folder, name), "utf8").trim())
    .join("\n\n");
}

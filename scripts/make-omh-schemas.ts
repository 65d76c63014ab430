/**
 * Makes resources/omh-schemas.json: the JSON Schemas of Open mHealth and IEEE 1752.1, by "namespace:name:version".
 *
 * Source: github.com/jupyterhealth/jupyterhealth-exchange, commit 0339e9e, folder `data/schema` (MIT): `omh/` as github.com/openmhealth/schemas
 * 36078a8 has it (Apache-2.0) with forced-vital-capacity and forced-expiratory-volume-1-second, and `ieee/` as IEEE 1752.1 publishes it.
 * github.com/openmhealth/schemas has `granola/`, which is taken too where the folder holds it.
 *
 * Left out is what does not judge a document: descriptions, titles, references. Files named `*-1.x.json` are names of the newest version and
 * are replaced by that. draft-04 says `exclusiveMinimum` as a truth; here it is a number, as in draft-07.
 *
 *     node scripts/make-omh-schemas.ts FOLDER [FOLDER...]
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isJsonObject, type Json, type JsonObject } from "../src/main/fhir/json.ts";

/** Names and versions by the name of the file. */
const FILE = /^(.+)-(\d+\.[\dx]+)\.json$/;
const SILENT = new Set([
  "description",
  "title",
  "references",
  "deprecation",
  "$schema",
  "$id",
  "id",
  "$comment",
  "examples",
]);
const folders = process.argv.slice(2);
const texts = new Map<string, string>();
for (const folder of folders)
  for (const file of globSync("{omh,ieee,granola}/**/*.json", { cwd: folder })) {
    const match = FILE.exec(basename(file));
    const [namespace = ""] = file.split("/");
    if (match === null) continue;
    const key = `${namespace}:${match[1]}:${match[2]}`;
    if (!texts.has(key)) texts.set(key, readFileSync(join(folder, file), "utf8"));
  }

/** "omh:blood-glucose:4.x" to "omh:blood-glucose:4.0". */
function newest(key: string): string {
  if (!key.endsWith(".x")) return key;
  const text = texts.get(key)?.trim() ?? "";
  const [namespace, name = ""] = key.split(":");
  const linked = FILE.exec(text);
  if (linked !== null) return `${namespace}:${linked[1]}:${linked[2]}`;
  const versions = [...texts.keys()].filter((other) => other.startsWith(key.slice(0, -1)) && !other.endsWith(".x"));
  const last = versions.sort().at(-1);
  if (last === undefined) throw new Error(`no schema is ${namespace}:${name} of that version: ${key}`);
  return last;
}

function reference(text: string, namespace: string): string {
  if (text.startsWith("#")) return text;
  const file = basename(text);
  const match = FILE.exec(file);
  if (match === null) throw new Error(`a reference that is none: ${text}`);
  const of = text.includes("ieee") ? "ieee" : text.includes("/omh/") ? "omh" : namespace;
  const key = newest(`${of}:${match[1]}:${match[2]}`);
  if (!texts.has(key)) throw new Error(`no schema is ${key}`);
  // Relative to whatever the reader takes for a base: "omh:…" alone would be an address of its own.
  return `./${key}`;
}

/** @param isSchema whether the names within are keywords, not names of properties */
function strip(value: Json, namespace: string, isSchema: boolean): Json {
  if (Array.isArray(value)) return value.map((one) => strip(one, namespace, isSchema));
  if (!isJsonObject(value)) return value;
  const stripped: JsonObject = {};
  for (const [name, inner] of Object.entries(value)) {
    if (isSchema && SILENT.has(name)) continue;
    if (isSchema && name === "$ref" && typeof inner === "string") stripped[name] = reference(inner, namespace);
    else if (isSchema && (name === "enum" || name === "const")) stripped[name] = inner;
    else if (isSchema && (name === "exclusiveMinimum" || name === "exclusiveMaximum") && typeof inner === "boolean") {
      const limit = name === "exclusiveMinimum" ? "minimum" : "maximum";
      if (inner && value[limit] !== undefined) stripped[name] = value[limit];
    } else if (isSchema && name === "minimum" && value["exclusiveMinimum"] === true) continue;
    else if (isSchema && name === "maximum" && value["exclusiveMaximum"] === true) continue;
    else stripped[name] = strip(inner, namespace, !(isSchema && (name === "properties" || name === "definitions")));
  }
  return stripped;
}

const schemas: Record<string, Json> = {};
for (const key of [...texts.keys()].sort()) {
  if (key.endsWith(".x")) continue;
  schemas[key] = strip(JSON.parse(texts.get(key) ?? "") as Json, key.split(":")[0] ?? "", true);
}
const target = join(import.meta.dirname, "..", "resources", "omh-schemas.json");
writeFileSync(
  target,
  `{\n${Object.entries(schemas)
    .map(([key, schema]) => `${JSON.stringify(key)}:${JSON.stringify(schema)}`)
    .join(",\n")}\n}\n`,
);
process.stdout.write(`${Object.keys(schemas).length} schemas\n`);

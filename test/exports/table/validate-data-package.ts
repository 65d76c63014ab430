/**
 * What specs.frictionlessdata.io (version 1) demands of a Data Package, its resources, their Table Schema and CSV Dialect, in the words of
 * the specifications: "MUST" and the meaning of each property. Written from the specifications, not from what Satchel writes.
 */
type Properties = Record<string, unknown>;

const NAME = /^[-a-z0-9._/]+$/;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

const FORMATS: Record<string, readonly string[]> = {
  string: ["default", "email", "uri", "binary", "uuid"],
  integer: ["default"],
  number: ["default"],
  boolean: ["default"],
  date: ["default", "any"],
  datetime: ["default", "any"],
};
const ORDERED = new Set(["integer", "number", "date", "datetime"]);
const DIALECT = new Map<string, string>([
  ["delimiter", "string"],
  ["lineTerminator", "string"],
  ["quoteChar", "string"],
  ["doubleQuote", "boolean"],
  ["escapeChar", "string"],
  ["nullSequence", "string"],
  ["skipInitialSpace", "boolean"],
  ["header", "boolean"],
  ["commentChar", "string"],
  ["caseSensitiveHeader", "boolean"],
  ["csvddfVersion", "number"],
]);

/** @returns everything that is against the specifications; nothing where it is valid */
export function faultsOfDataPackage(text: string): string[] {
  const document = JSON.parse(text) as Properties;
  const faults: string[] = [];
  const demand = (holds: boolean, words: string): void => {
    if (!holds) faults.push(words);
  };
  const { profile, name, created, resources } = document;
  demand(["data-package", "tabular-data-package"].includes(String(profile)), "profile of the package");
  demand(typeof name === "string" && NAME.test(name), "a name is lower-case and without spaces");
  demand(
    created === undefined || (typeof created === "string" && RFC_3339.test(created)),
    "created is a datetime after RFC 3339",
  );
  demand(Array.isArray(resources) && resources.length > 0, "resources is an array with at least one resource");
  const all = resources as Properties[];
  demand(new Set(all.map((resource) => resource["name"])).size === all.length, "names of resources are unique");
  for (const resource of all) faults.push(...faultsOfResource(resource, profile === "tabular-data-package"));
  return faults;
}

function faultsOfResource(resource: Properties, tabular: boolean): string[] {
  const faults: string[] = [];
  const demand = (holds: boolean, words: string): void => {
    if (!holds) faults.push(words);
  };
  const { name, path, data, mediatype, encoding, bytes, hash, schema, dialect, profile, format } = resource;
  demand(typeof name === "string" && NAME.test(name), "a resource has a name");
  demand((path === undefined) !== (data === undefined), "a resource has either path or data");
  const steps = String(path).split("/");
  demand(
    typeof path === "string" && !path.startsWith("/") && !steps.includes(".."),
    "a path is relative and stays below",
  );
  demand(!/[\\:]/.test(String(path)), "a path is a POSIX path");
  demand(mediatype === undefined || (typeof mediatype === "string" && /^.+\/.+$/.test(mediatype)), "mediatype");
  demand(encoding === undefined || typeof encoding === "string", "encoding");
  demand(bytes === undefined || Number.isInteger(bytes), "bytes is an integer");
  demand(/^(?:[0-9a-f]{32}|sha256:[0-9a-f]{64})$/.test(String(hash)), "a hash that is not MD5 names its algorithm");
  if (tabular) {
    demand(profile === "tabular-data-resource", "resources of a tabular package are tabular");
    demand(format === undefined || format === "csv", "data of a tabular resource is CSV");
    demand(typeof schema === "object", "a tabular resource has a schema");
  }
  for (const [key, value] of Object.entries((dialect ?? {}) as Properties)) {
    demand(DIALECT.get(key) === typeof value, `dialect: ${key}`);
  }
  return [...faults, ...faultsOfSchema(schema as Properties)];
}

function faultsOfSchema(schema: Properties): string[] {
  const faults: string[] = [];
  const demand = (holds: boolean, words: string): void => {
    if (!holds) faults.push(words);
  };
  const fields = schema["fields"] as Properties[];
  const names = fields.map((field) => field["name"]);
  demand(new Set(names).size === names.length, "names of fields are unique");
  const { missingValues, primaryKey } = schema;
  demand(
    Array.isArray(missingValues) && missingValues.every((value) => typeof value === "string"),
    "missingValues are strings",
  );
  demand(
    primaryKey === undefined || [primaryKey].flat().every((key) => names.includes(key)),
    "primaryKey names fields",
  );
  for (const { name, type, format = "default", constraints = {} } of fields) {
    demand(typeof name === "string" && name !== "", "a field has a name");
    const formats = FORMATS[String(type)];
    demand(formats !== undefined, `${String(name)}: type`);
    demand(formats?.includes(String(format)) === true || String(format).includes("%"), `${String(name)}: format`);
    for (const [key, value] of Object.entries(constraints as Properties)) {
      const valid =
        key === "required" || key === "unique"
          ? typeof value === "boolean"
          : key === "enum"
            ? Array.isArray(value) && new Set(value).size === value.length && value.every((one) => isOf(type, one))
            : key === "minimum" || key === "maximum"
              ? ORDERED.has(String(type)) && isOf(type, value)
              : false;
      demand(valid, `${String(name)}: ${key}`);
    }
  }
  return faults;
}

function isOf(type: unknown, value: unknown): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "date") return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);
  if (type === "datetime") return typeof value === "string" && RFC_3339.test(value);
  return typeof value === "string";
}

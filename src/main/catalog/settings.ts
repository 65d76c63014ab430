import { settings as schema, type Settings } from "../../contract/calls/settings.ts";
import { SatchelError } from "../../contract/errors.ts";
import type { Catalog } from "./database.ts";

/** Characters that all views together may take: they remember widths, not records. */
const LARGEST_VIEWS = 256 * 1024;

/** What is set; where nothing is, or what this Satchel does not know, the default of that field. */
export function readSettings(catalog: Catalog): Settings {
  const defaults = schema.parse({});
  const rows = catalog.all<{ name: string; value: string }>("SELECT name, value FROM setting");
  const known = rows.flatMap(({ name, value }) => {
    if (!Object.hasOwn(schema.shape, name)) return [];
    const parsed = schema.shape[name as keyof Settings].safeParse(parseJson(value));
    return parsed.success ? [[name, parsed.data] as const] : [];
  });
  return { ...defaults, ...Object.fromEntries(known) };
}

/** Sets what is given; views are merged by screen. @throws TOO_LARGE */
export function writeSettings(catalog: Catalog, change: Partial<Settings>): Settings {
  return catalog.write(() => {
    const { views } = change;
    const merged = views === undefined ? change : { ...change, views: { ...readSettings(catalog).views, ...views } };
    for (const [name, value] of Object.entries(merged)) {
      if (value === undefined) continue;
      const text = JSON.stringify(value);
      if (text.length > LARGEST_VIEWS)
        throw new SatchelError("TOO_LARGE", `The setting ${name} is too large to be kept.`, "Set less.");
      catalog.run(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        text,
      );
    }
    return readSettings(catalog);
  });
}

/** Undefined where it is none: then it is as if nothing were set. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

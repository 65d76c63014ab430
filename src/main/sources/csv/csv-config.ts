import { isAbsolute } from "node:path";
import { z } from "../../../contract/schema.ts";
import { isTimeZone, ownTimeZone } from "../../time-zone.ts";
import { CSV_MAPPING_NAMES, CSV_MAPPINGS, csvMapping, type CsvMapping } from "./csv-mapping.ts";

export const CSV_ENCODINGS = ["utf-8", "windows-1252", "utf-16le"] as const;
export type CsvEncoding = (typeof CSV_ENCODINGS)[number];

/** A CSV file as a source of notes or exams. */
export const csvConfig = z
  .object({
    /** Absolute path of the file. */
    path: z.string().min(1).refine(isAbsolute, "the path of the file must be absolute"),
    /** What the columns hold; `auto`: told by the header. */
    mapping: z.union([z.literal("auto"), z.enum(CSV_MAPPING_NAMES), csvMapping]).default("auto"),
    /** Latin-1 is read as windows-1252, which holds it. Never guessed: what is read wrongly looks like text, too. */
    encoding: z.enum(CSV_ENCODINGS).default("utf-8"),
    /** The hospital's. Left out: that of the mapping; where the header tells the mapping, this computer's. */
    timeZone: z.string().refine(isTimeZone, "is not the name of a time zone, such as America/Bahia").optional(),
    /** Nobody said the zone: it is that of the computer on which the source was added. */
    timeZoneFrom: z.literal("computer").optional(),
    /** See RecordsConfig. */
    issuer: z.string().optional(),
  })
  .strict()
  .transform((config) => ({ ...config, ...zoneOf(config) }));
export type CsvConfig = z.infer<typeof csvConfig>;

function zoneOf(config: {
  mapping: "auto" | (typeof CSV_MAPPING_NAMES)[number] | CsvMapping;
  timeZone?: string | undefined;
}): { timeZone: string; timeZoneFrom?: "computer" } {
  const { mapping, timeZone } = config;
  if (timeZone !== undefined) return { timeZone };
  if (mapping === "auto") return { timeZone: ownTimeZone(), timeZoneFrom: "computer" };
  return { timeZone: (typeof mapping === "string" ? CSV_MAPPINGS[mapping] : mapping).timeZone };
}

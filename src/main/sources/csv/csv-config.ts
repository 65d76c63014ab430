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
    /** The hospital's. Left out: that of the mapping. */
    timeZone: z.string().refine(isTimeZone, "is not the name of a time zone, such as America/Bahia").optional(),
    /** See RecordsConfig. */
    issuer: z.string().optional(),
  })
  .strict()
  .transform((config) => ({ ...config, timeZone: config.timeZone ?? zoneOf(config.mapping) }));
export type CsvConfig = z.infer<typeof csvConfig>;

function zoneOf(mapping: "auto" | (typeof CSV_MAPPING_NAMES)[number] | CsvMapping): string {
  if (mapping === "auto") return ownTimeZone();
  return (typeof mapping === "string" ? CSV_MAPPINGS[mapping] : mapping).timeZone;
}

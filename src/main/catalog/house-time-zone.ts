import { isTimeZone, ownTimeZone } from "../time-zone.ts";
import type { Catalog } from "./database.ts";

/**
 * The zone in which times without one are read (Study Time of DICOM): that of the first source of records, since images and records are
 * of one house; where there is none, this computer's.
 */
export function houseTimeZone(catalog: Catalog): string {
  const zones = catalog.column<string>(
    "SELECT json_extract(config, '$.timeZone') FROM source WHERE json_extract(config, '$.timeZone') IS NOT NULL ORDER BY id LIMIT 1",
  );
  const [zone] = zones;
  return zone !== undefined && isTimeZone(zone) ? zone : ownTimeZone();
}

import type { Migration } from "../migrate.ts";

/** Instances with pixels by their number within a series: the middle one of a series of thousands is found without reading them. */
export const picturedInstances: Migration = {
  version: 9,
  sql: `CREATE INDEX instance_pictured ON instance (series, instance_number) WHERE rows > 0 AND columns > 0;`,
};

import type { Migration } from "../migrate.ts";
import { imaging } from "./0001-imaging.ts";
import { jobs } from "./0002-jobs.ts";
import { auditAndKeys } from "./0003-audit-and-keys.ts";
import { recipesAndSettings } from "./0006-recipes-and-settings.ts";
import { packagesAndJobLog } from "./0007-packages-and-job-log.ts";

/** Keeps the place of a step that is not written yet. */
const reserved = (version: number): Migration => ({ version, sql: "" });

/** In order. A new one is a new file and one line here. */
export const MIGRATIONS: readonly Migration[] = [
  imaging,
  jobs,
  auditAndKeys,
  reserved(4),
  reserved(5),
  recipesAndSettings,
  packagesAndJobLog,
];

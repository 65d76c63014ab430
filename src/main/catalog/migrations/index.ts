import type { Migration } from "../migrate.ts";
import { imaging } from "./0001-imaging.ts";
import { jobs } from "./0002-jobs.ts";
import { auditAndKeys } from "./0003-audit-and-keys.ts";

/** In order. A new one is a new file and one line here. */
export const MIGRATIONS: readonly Migration[] = [imaging, jobs, auditAndKeys];

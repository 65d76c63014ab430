import type { Migration } from "../migrate.ts";
import { imaging } from "./0001-imaging.ts";
import { jobs } from "./0002-jobs.ts";
import { auditAndKeys } from "./0003-audit-and-keys.ts";
import { find } from "./0004-find.ts";
import { sources } from "./0005-sources.ts";
import { recipesAndSettings } from "./0006-recipes-and-settings.ts";
import { packagesAndJobLog } from "./0007-packages-and-job-log.ts";
import { jobLogEvents } from "./0008-job-log-events.ts";
import { picturedInstances } from "./0009-pictured-instances.ts";
import { records } from "./0010-records.ts";
import { formerValues } from "./0011-former-values.ts";
import { resources } from "./0012-resources.ts";
import { accounts } from "./0013-accounts.ts";
import { changes } from "./0014-changes.ts";

/** In order. A new one is a new file and one line here. */
export const MIGRATIONS: readonly Migration[] = [
  imaging,
  jobs,
  auditAndKeys,
  find,
  sources,
  recipesAndSettings,
  packagesAndJobLog,
  jobLogEvents,
  picturedInstances,
  records,
  formerValues,
  resources,
  accounts,
  changes,
];

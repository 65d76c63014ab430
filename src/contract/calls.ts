import { auditCalls } from "./calls/audit.ts";
import { exportCalls } from "./calls/exports.ts";
import { findCalls } from "./calls/find.ts";
import { keyCalls } from "./calls/keys.ts";
import { packageCalls } from "./calls/packages.ts";
import { recordCalls } from "./calls/records.ts";
import { resourceCalls } from "./calls/resources.ts";
import { settingsCalls } from "./calls/settings.ts";
import { shellCalls } from "./calls/shell.ts";
import { sourceAuthCalls } from "./calls/source-auth.ts";
import { sourceCalls, sourceFileCalls } from "./calls/sources.ts";
import { userCalls } from "./calls/users.ts";
import { watchCalls } from "./calls/watch.ts";
import { workspaceCalls } from "./calls/workspace.ts";

/** Everything that a shell can ask of Satchel. */
export const calls = {
  ...workspaceCalls,
  ...shellCalls,
  ...sourceCalls,
  ...watchCalls,
  ...sourceFileCalls,
  ...sourceAuthCalls,
  ...findCalls,
  ...keyCalls,
  ...exportCalls,
  ...recordCalls,
  ...resourceCalls,
  ...packageCalls,
  ...auditCalls,
  ...settingsCalls,
  ...userCalls,
};
export type Calls = typeof calls;

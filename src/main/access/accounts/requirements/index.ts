import type { Requirements } from "../requirement.ts";
import { exportRequirements } from "./exports.ts";
import { findRequirements } from "./find.ts";
import { recordRequirements, resourceRequirements } from "./records.ts";
import { sourceRequirements } from "./sources.ts";
import { workspaceRequirements } from "./workspace.ts";

/** What each call of the contract needs. A new call has its line here; the compiler asks for it, and until then administrators alone may. */
export const REQUIREMENTS = {
  ...workspaceRequirements,
  ...sourceRequirements,
  ...findRequirements,
  ...recordRequirements,
  ...resourceRequirements,
  ...exportRequirements,
} satisfies Requirements;

import { call } from "../rpc.ts";
import { z } from "../schema.ts";
import { none } from "./common.ts";

export const LANGUAGES = ["en", "pt", "hi"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Without defaults: an object with defaults, made partial, would set all that a change leaves out. */
const fields = {
  language: z.enum(["system", ...LANGUAGES]),
  theme: z.enum(["system", "light", "dark"]),
  density: z.enum(["comfortable", "compact"]),
  /** Worker threads; 0 lets Satchel choose. Takes effect at the next start. */
  workers: z.int().min(0).max(16),
  /** Jobs that run at the same time; others wait. */
  jobsAtOnce: z.int().min(1).max(4),
  /** Rows of a study list, where its recipe says nothing else: more, and the job stops before it writes. */
  maxRows: z.int().min(1),
  /** Minutes without a call after which an account is signed out; 0: never; null: 10. Nothing locks where there are no accounts. */
  lockAfterMinutes: z.int().min(0).max(1440).nullable(),
  /** Where the last packages went. */
  lastDestination: z.string(),
  /** What screens remember, by screen: column widths, order, what is hidden. Never patient data. */
  views: z.record(z.string(), z.json()),
};

export const settings = z.object({
  language: fields.language.default("system"),
  theme: fields.theme.default("system"),
  density: fields.density.default("comfortable"),
  workers: fields.workers.default(0),
  jobsAtOnce: fields.jobsAtOnce.default(1),
  maxRows: fields.maxRows.default(10_000),
  lockAfterMinutes: fields.lockAfterMinutes.default(null),
  lastDestination: fields.lastDestination.default(""),
  views: fields.views.default({}),
});
export type Settings = z.infer<typeof settings>;

export const settingsCalls = {
  "settings.get": call(none, settings),
  /** What is left out stays; `views` are merged by screen. */
  "settings.set": call(z.object(fields).partial().strict(), settings),
};

import { call } from "../rpc.ts";
import { z } from "../schema.ts";
import { none } from "./common.ts";

export const LANGUAGES = ["en", "pt", "hi"] as const;
export type Language = (typeof LANGUAGES)[number];

export const settings = z.object({
  language: z.enum(["system", ...LANGUAGES]).default("system"),
  theme: z.enum(["system", "light", "dark"]).default("system"),
  density: z.enum(["comfortable", "compact"]).default("comfortable"),
  /** Worker threads; 0 lets Satchel choose. Takes effect at the next start. */
  workers: z.int().min(0).max(16).default(0),
  /** Jobs that run at the same time; others wait. */
  jobsAtOnce: z.int().min(1).max(4).default(1),
  /** Where the last packages went. */
  lastDestination: z.string().default(""),
  /** What screens remember, by screen: column widths, order, what is hidden. Never patient data. */
  views: z.record(z.string(), z.json()).default({}),
});
export type Settings = z.infer<typeof settings>;

export const settingsCalls = {
  "settings.get": call(none, settings),
  /** What is left out stays; `views` are merged by screen. */
  "settings.set": call(settings.partial().strict(), settings),
};

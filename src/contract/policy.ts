import { z } from "./schema.ts";

/**
 * The options of PS3.15 2026c Annex E.3 that Satchel offers, by the names the command line takes.
 * `full-dates` and `modified-dates` exclude each other; without either, dates are removed.
 */
export const POLICY_OPTIONS = [
  "retain-uids",
  "retain-device",
  "retain-institution",
  "retain-patient-characteristics",
  "full-dates",
  "modified-dates",
  "clean-descriptors",
  "clean-graphics",
  "retain-safe-private",
] as const;

export const policyOption = z.enum(POLICY_OPTIONS);
export type PolicyOption = z.infer<typeof policyOption>;

export const policy = z
  .discriminatedUnion("kind", [
    /** Bytes as they came. */
    z.object({ kind: z.literal("identified") }).strict(),
    /** Keyed and repeatable. `key` is the name of a project key in the workspace. */
    z
      .object({
        kind: z.literal("pseudonymised"),
        key: z.string().min(1),
        options: z.array(policyOption).default([]),
        /** The reason why held-back instances may pass; written to the receipt and the audit log. */
        includeHeld: z.string().min(1).optional(),
      })
      .strict(),
  ])
  .refine(
    (value) =>
      value.kind === "identified" ||
      !(value.options.includes("full-dates") && value.options.includes("modified-dates")),
    { message: "full-dates and modified-dates exclude each other" },
  );
export type Policy = z.infer<typeof policy>;

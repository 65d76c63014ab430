import type { Rules } from "./rules.ts";

/** What the rules do, in words for the receipt. No key is in them. */
export function optionsOfRules(rules: Rules, usesProjectKey: boolean): string[] {
  const whose = rules.dialect === "microsoft" ? "Microsoft's anonymizer" : "the MIRACUM pseudonymizer";
  const counts = new Map<string, number>();
  for (const { method } of rules.rules) counts.set(method, (counts.get(method) ?? 0) + 1);
  const methods = [...counts].map(([method, count]) => `${method} ${count}`).join(", ");
  return [
    `rules of ${whose}: ${methods === "" ? "none" : methods}`,
    ...(counts.has("dateShift") ? [wordsOfShift(rules)] : []),
    ...(counts.has("perturb") || counts.has("encrypt")
      ? ["noise and initialisation vectors drawn from a key, so that an interrupted export goes on with the same bytes"]
      : []),
    ...(usesProjectKey ? ["keys that the rules leave open derived from the project key"] : []),
    ...(rules.processingErrors === "skip" ? ["resources on which a rule fails withheld"] : []),
  ];
}

function wordsOfShift({ parameters }: Rules): string {
  const { dateShiftFixedOffsetInDays: fixed, dateShiftScope: scope } = parameters;
  if (fixed !== undefined) return "all dates shifted by one number of days";
  const of = { resource: "each resource", file: "each type of resource", folder: "each source" }[scope];
  return `dates shifted by up to 50 days either way, one number for ${of}`;
}

/** What every receiver should read. */
export function noticesOfRules(rules: Rules): string[] {
  const has = (method: string): boolean => rules.rules.some((rule) => rule.method === method);
  const { dateShiftFixedOffsetInDays: fixed, dateShiftScope: scope } = rules.parameters;
  return [
    "What no rule names is here as it was at the source: whoever wrote the rules answers for what they keep.",
    'Texts that still say something of a patient are counted as "identifying"; they were not removed, since rules may keep them on purpose.',
    "Elements that FHIR R4 and R5 do not have were left out: no rule can reach them.",
    ...(has("dateShift")
      ? [
          "A shifted date is still a date: this is no Safe Harbor (45 CFR 164.514(b)(2)).",
          ...(fixed === undefined && scope === "resource"
            ? ["Dates are shifted by resource: intervals between resources of a patient are not real."]
            : []),
          ...(fixed === undefined ? [] : ["All dates are shifted alike: who knows one real date knows all."]),
        ]
      : []),
    ...(has("pseudonymize")
      ? ["Pseudonyms are those of the project key, not of the pseudonym service that the rules were written for."]
      : []),
  ];
}

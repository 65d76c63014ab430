import { isJsonObject, type JsonObject } from "./json.ts";
import { patientIdOf } from "./patient-reference.ts";
import { objectsOf, textOf } from "./values-at.ts";

/** One decision of a Consent: the patient's yes or no to one kind of data. */
export interface ConsentDecision {
  /** Logical id; see patientIdOf. */
  patient: string;
  /** "system|code" of a kind of data or of a type of resource; "*" for all. */
  scope: string;
  decision: "permit" | "deny";
  /** ISO 8601 as it stands; "" where unknown. */
  decidedAt: string;
  /** End of the period for which it holds; "" where it has none. */
  until: string;
}

/** Purposes that cover an export for research (HL7 v3 PurposeOfUse). */
const RESEARCH = new Set([
  "HRESCH",
  "BIORCH",
  "CLINTRCH",
  "CLINTRCHNPC",
  "CLINTRCHPC",
  "PRECLINTRCH",
  "DSRCH",
  "POARCH",
  "TRANSRCH",
]);
/** Actions that cover handing data on (HL7 consentaction). */
const ACTIONS = new Set(["access", "use", "disclose"]);

/**
 * What a Consent of R4 or R5 decides about data. None where it governs something else (treatment, advance directives), is only proposed, or
 * was entered in error.
 *
 * Satchel cannot judge who asks, or which period or label of data is meant: what permits only so permits nothing here, and what denies
 * only so denies all of it. A Consent that is no longer in force is a refusal of what it once permitted.
 */
export function consentDecisions(consent: JsonObject): ConsentDecision[] {
  const patient = patientIdOf(consent["patient"]) || patientIdOf(consent["subject"]);
  const status = textOf(consent["status"]);
  if (patient === "" || ["draft", "proposed", "entered-in-error", "unknown"].includes(status)) return [];
  const governs = isJsonObject(consent["scope"]) ? objectsOf(consent["scope"]["coding"]) : [];
  if (governs.some(({ code }) => code === "treatment" || code === "adr")) return [];
  const meta = isJsonObject(consent["meta"]) ? consent["meta"] : {};
  const decidedAt = textOf(consent["dateTime"]) || textOf(consent["date"]) || textOf(meta["lastUpdated"]);
  const until = endOf(consent["period"]);
  const stated = (one: Stated): ConsentDecision => ({
    patient,
    scope: one.scope,
    decision: status === "active" ? one.decision : "deny",
    decidedAt,
    until: one.until || until,
  });
  const [root, ...exceptions] = provisionsOf(consent);
  return merge([...(root ?? []), ...exceptions.flat()].map(stated));
}

interface Stated {
  scope: string;
  decision: "permit" | "deny";
  until: string;
}

/** What the Consent says at large first, then its exceptions, from the outer to the inner. */
function provisionsOf(consent: JsonObject): Stated[][] {
  const provisions = objectsOf(consent["provision"]);
  const decision = textOf(consent["decision"]);
  // R5: the decision stands apart, and provisions are exceptions from it.
  if (decision === "permit" || decision === "deny")
    return [
      [{ scope: "*", decision, until: "" }],
      ...provisions.flatMap((one) => nested(one, decision === "permit" ? "deny" : "permit")),
    ];
  if (provisions.length > 0) return provisions.flatMap((one) => nested(one, ruleOf(consent)));
  return [[{ scope: "*", decision: ruleOf(consent), until: "" }]];
}

function nested(provision: JsonObject, otherwise: "permit" | "deny"): Stated[][] {
  const type = textOf(provision["type"]);
  const said = type === "permit" || type === "deny" ? type : otherwise;
  const decision = said === "permit" && isConditional(provision) ? "deny" : said;
  const until = endOf(provision["period"]);
  const own = scopesOf(provision).map((scope) => ({ scope, decision, until }));
  return [
    own,
    ...objectsOf(provision["provision"]).flatMap((one) => nested(one, said === "permit" ? "deny" : "permit")),
  ];
}

/** Without a provision only an opt-in or opt-out rule says anything (R4 Consent.policyRule, v3 ActCode). No rule: nothing is permitted. */
function ruleOf(consent: JsonObject): "permit" | "deny" {
  const rule = isJsonObject(consent["policyRule"]) ? objectsOf(consent["policyRule"]["coding"]) : [];
  return rule.some(({ code }) => code === "OPTIN" || code === "OPTINR") ? "permit" : "deny";
}

function isConditional(provision: JsonObject): boolean {
  if (["actor", "securityLabel", "data", "dataPeriod", "expression", "documentType"].some((name) => name in provision))
    return true;
  const purposes = objectsOf(provision["purpose"]);
  if (purposes.length > 0 && !purposes.some(({ code }) => RESEARCH.has(textOf(code)))) return true;
  const actions = objectsOf(provision["action"]).flatMap(({ coding }) => objectsOf(coding));
  return actions.length > 0 && !actions.some(({ code }) => ACTIONS.has(textOf(code)));
}

/** Codes where there are some, since they are narrower than the classes beside them. */
function scopesOf(provision: JsonObject): string[] {
  const codes = objectsOf(provision["code"]).flatMap(({ coding }) => objectsOf(coding));
  const classes = [...objectsOf(provision["class"]), ...objectsOf(provision["resourceType"])];
  const named = (codes.length > 0 ? codes : classes)
    .map(({ system, code }) => (textOf(code) === "" ? "" : `${textOf(system)}|${textOf(code)}`))
    .filter((scope) => scope !== "");
  return named.length === 0 ? ["*"] : [...new Set(named)];
}

function endOf(period: unknown): string {
  return isJsonObject(period as JsonObject) ? textOf((period as JsonObject)["end"]) : "";
}

/** One decision for each scope: of several in one Consent the refusal. */
function merge(all: readonly ConsentDecision[]): ConsentDecision[] {
  const byScope = new Map<string, ConsentDecision>();
  for (const one of all) {
    const before = byScope.get(one.scope);
    if (before === undefined || before.decision === "permit") byScope.set(one.scope, one);
  }
  return [...byScope.values()];
}

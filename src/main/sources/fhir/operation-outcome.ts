import { z } from "../../../contract/schema.ts";

const outcome = z.looseObject({
  resourceType: z.literal("OperationOutcome"),
  issue: z.array(
    z.looseObject({
      severity: z.string().optional(),
      code: z.string().optional(),
      diagnostics: z.string().optional(),
      details: z.looseObject({ text: z.string().optional() }).optional(),
    }),
  ),
});

/** What an OperationOutcome says in FHIR's own words. */
export interface Outcome {
  /** fatal, error, warning, information or success: the worst of them. */
  severity: Severity;
  /** Codes of the issues: "not-supported", each once. */
  codes: string[];
  /** Whether all its issues may be gone at the next try (`transient` and what stands below it). */
  transient: boolean;
  /** Its own text, which may name patients: never to be shown or logged, only to be looked into for words that are known. */
  text: string;
}

const SEVERITIES = ["fatal", "error", "warning", "information", "success"] as const;
export type Severity = (typeof SEVERITIES)[number];
const TRANSIENT = ["transient", "lock-error", "no-store", "exception", "timeout", "incomplete", "throttled"];

/** @returns undefined where it is no OperationOutcome */
export function readOutcome(body: Buffer | string): Outcome | undefined {
  let document: unknown;
  try {
    document = JSON.parse(body.toString());
  } catch {
    // An HTML page of a proxy, most often.
    return undefined;
  }
  return outcomeOf(document);
}

export function outcomeOf(document: unknown): Outcome | undefined {
  const parsed = outcome.safeParse(document);
  if (!parsed.success) return undefined;
  const { issue } = parsed.data;
  const worst = Math.min(...issue.map(({ severity }) => rank(severity)));
  const codes = issue.flatMap(({ code }) => (code !== undefined && /^[a-z-]{2,30}$/.test(code) ? [code] : []));
  return {
    severity: SEVERITIES[worst] ?? "error",
    codes: [...new Set(codes)],
    transient: codes.length > 0 && codes.every((code) => TRANSIENT.includes(code)),
    text: issue.map(({ diagnostics, details }) => `${diagnostics ?? ""} ${details?.text ?? ""}`).join(" "),
  };
}

/** A severity that is not FHIR's is taken for an error. */
function rank(severity: string | undefined): number {
  const index = SEVERITIES.findIndex((one) => one === severity);
  return index === -1 ? 1 : index;
}

/** A sentence of its own, after another; "" where it says nothing. Never the server's own text: it may name patients. */
export function codesInWords(said: Outcome | undefined): string {
  return said === undefined || said.codes.length === 0 ? "" : ` It says: ${said.codes.slice(0, 3).join(", ")}.`;
}

import { SatchelError } from "../../../contract/errors.ts";
import { z } from "../../../contract/schema.ts";
import type { IndexedConsent } from "../resources-source.ts";
import { parse } from "./jhe-api.ts";
import type { SyncContext } from "./sync-context.ts";

const answer = z.looseObject({
  studies: z.array(
    z.looseObject({
      id: z.union([z.int(), z.string()]).transform(String),
      scopeConsents: z.array(
        z.looseObject({
          code: z.looseObject({ codingSystem: z.string(), codingCode: z.string() }),
          consented: z.boolean().nullable(),
          consentedTime: z.string().nullish(),
        }),
      ),
    }),
  ),
});

/**
 * What each patient decided, study by study. The exchange does not look at consents when it is read, so this is the only way to know them.
 * The path never has parameters: `?reset=true` would delete the patient's consents.
 *
 * @returns the patients whose decisions are known, none at all among them. Nothing else of others may be read: what is not known is no
 * permission.
 */
export async function readConsents(context: SyncContext, patients: readonly string[]): Promise<string[]> {
  const { target, tell, problem } = context;
  const known: string[] = [];
  for (const [index, patient] of patients.entries()) {
    const consents = await readOne(context, patient);
    if (typeof consents === "string")
      problem(`Patient/${patient}`, `The consents of a patient could not be read (${consents}); none of the data was.`);
    else {
      target.putConsents(consents);
      known.push(patient);
    }
    tell("patients", "Reading consents", index + 1, patients.length);
  }
  return known;
}

async function readOne({ api, signal }: SyncContext, patient: string): Promise<IndexedConsent[] | string> {
  let document: unknown;
  try {
    document = await api.document(`api/v1/patients/${encodeURIComponent(patient)}/consents`, signal);
  } catch (thrown) {
    if (thrown instanceof SatchelError && thrown.code === "SOURCE_REFUSED") return "refused";
    throw thrown;
  }
  if (document === undefined) return "not found";
  const { studies } = parse(answer, document, "the consents of a patient");
  return studies.flatMap(({ id, scopeConsents }) =>
    scopeConsents
      // Asked and not answered yet.
      .filter(({ consented }) => consented !== null)
      .map(({ code, consented, consentedTime }) => ({
        patient,
        scope: `${code.codingSystem}|${code.codingCode}`,
        decision: consented === true ? ("permit" as const) : ("deny" as const),
        decidedAt: consentedTime ?? "",
        origin: `study ${id}`,
      })),
  );
}

import { z } from "../../../contract/schema.ts";
import type { JheApi } from "./jhe-api.ts";

/** What is known of an exchange before anything is read. */
export interface JheVersion {
  /** As it calls itself; "" where it does not say, as before 0.0.12. */
  version: string;
  /** Below its address. */
  fhirBase: "FHIR/R5/" | "fhir/r5/";
  /** Searches take `_sort`, and need no patient: from 0.0.12. */
  modern: boolean;
}

const health = z.looseObject({ version: z.string().regex(/^v?[0-9A-Za-z.+-]{1,40}$/) });

/** `/health` without a token, else a look at where its FHIR API lies: only from 0.0.12 also in capitals, and later only there. */
export async function detectVersion(api: JheApi, signal: AbortSignal): Promise<JheVersion> {
  const { data } = health.safeParse(await api.document("health", signal, false));
  const capitals = (await api.document("FHIR/R5/metadata", signal)) !== undefined;
  return {
    version: data?.version ?? "",
    fhirBase: capitals ? "FHIR/R5/" : "fhir/r5/",
    modern: capitals || data !== undefined,
  };
}

import { call, stream } from "../rpc.ts";
import { z } from "../schema.ts";
import { done, none } from "./common.ts";

const crosswalkRow = z.object({
  pseudonym: z.string(),
  patientId: z.string(),
  issuer: z.string(),
  patientName: z.string(),
});
const keySummary = z.object({ name: z.string(), fingerprint: z.string(), createdAt: z.string() });

export const keyCalls = {
  "keys.list": call(none, z.array(keySummary)),
  "keys.new": call(z.object({ name: z.string() }), keySummary),
  "keys.export": call(z.object({ name: z.string(), file: z.string(), passphrase: z.string() }), done),
  "keys.import": call(z.object({ name: z.string(), file: z.string(), passphrase: z.string() }), keySummary),
  "keys.crosswalk": call(
    z.object({ name: z.string(), file: z.string(), passphrase: z.string() }),
    z.object({ patients: z.int() }),
  ),
  /** What a crosswalk holds, some patients at a time: as lines of CSV, the first of all with the names of the columns, and as they are. */
  "keys.openCrosswalk": stream(
    z.object({ file: z.string(), passphrase: z.string() }),
    z.object({ csv: z.string(), patients: z.array(crosswalkRow) }),
  ),
};

import { isAbsolute } from "node:path";
import { z } from "../../../contract/schema.ts";

/** A name of user metadata or user content as Orthanc lets one register it, or a bare number from 1024 up. */
const orthancName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "letters, digits, - and _ only");

/**
 * How to reach one Orthanc server. The password or token is not in here: it is the secret of the source.
 * There is no switch to accept any certificate: credentials and patient data would go to whoever answers. A private
 * authority is named by `ca`.
 */
export const orthancConfig = z
  .object({
    /** http(s)://host[:port][/prefix] */
    url: z.url({ protocol: /^https?$/ }).refine((value) => {
      // Zod runs this on what is no address, too; that has its own message.
      if (!URL.canParse(value)) return true;
      const url = new URL(value);
      return url.username === "" && url.password === "" && url.search === "" && url.hash === "";
    }, "the address holds no user, password, query or fragment; give those separately"),
    auth: z
      .discriminatedUnion("kind", [
        z.object({ kind: z.literal("none") }).strict(),
        z.object({ kind: z.literal("basic"), user: z.string().min(1) }).strict(),
        z.object({ kind: z.literal("bearer") }).strict(),
      ])
      .default({ kind: "none" }),
    /** Absolute path of a PEM file with the certificates of a private authority, trusted besides the public ones. */
    ca: z.string().refine(isAbsolute, "the path of the CA file must be absolute").optional(),
    /** Study metadata that hold AI analysis results as JSON. */
    analysisMetadata: z.array(orthancName).default(["AIAnalysis"]),
    /** Study attachments that hold AI analysis results as JSON. */
    analysisAttachments: z.array(orthancName).default(["ai-analysis"]),
    /** Requests at once: see orthanc-reader.ts for the measurement. */
    concurrency: z.int().min(1).max(32).default(8),
  })
  .strict();
export type OrthancConfig = z.infer<typeof orthancConfig>;

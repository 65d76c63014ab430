/** The part of Orthanc's REST API that Satchel reads. Checked against Orthanc 1.10.1 (Debian 12), without plugins. */
import { SatchelError } from "../../../contract/errors.ts";
import { z } from "../../../contract/schema.ts";
import { ANALYSIS_MAXIMUM_BYTES } from "../analysis-document.ts";
import type { HttpClient } from "../http/http-client.ts";

/** Five groups of SHA-1: what Orthanc calls its identifiers. Checked, since they become parts of addresses and file names. */
const orthancId = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{8}){4}$/);
const idList = z.array(orthancId);

const system = z.object({ Version: z.string(), Name: z.string().catch("") });
/** Sizes are decimal strings in Orthanc, numbers in some forks. */
const statistics = z.object({
  CountPatients: z.number(),
  CountStudies: z.number(),
  CountSeries: z.number(),
  CountInstances: z.number(),
  TotalUncompressedSize: z.coerce.number().catch(0),
});
const change = z.object({
  Seq: z.int().nonnegative(),
  ChangeType: z.string(),
  ResourceType: z.string(),
  ID: orthancId,
  Date: z.string().catch(""),
});
export type OrthancChange = z.infer<typeof change>;
const changes = z.object({ Changes: z.array(change), Done: z.boolean(), Last: z.number() });

const attachmentInfo = z.object({
  Uuid: z.string().catch(""),
  /** "" where the server keeps none (StoreMD5ForAttachments false). */
  UncompressedMD5: z.string().catch(""),
  UncompressedSize: z.coerce.number(),
});
export type AttachmentInfo = z.infer<typeof attachmentInfo>;

const metadata = z.record(z.string(), z.string());
const tags = z.record(z.string(), z.unknown());
export type OrthancTags = z.infer<typeof tags>;
const study = z.object({ MainDicomTags: z.object({ StudyInstanceUID: z.string() }) });
const names = z.array(z.string());

const SMALL = 1024 * 1024;
/** Sequences of enhanced multi-frame objects and structured reports: 64 MiB as JSON is far beyond what was seen. */
const TAGS_MAXIMUM_BYTES = 64 * 1024 * 1024;

/** Text attributes of an InstanceDescription that Orthanc leaves out when they are longer than 256 characters, unless told not to. */
const LONG_TEXT = ["0008-0008", "0008-0080", "0008-1030", "0008-103e", "0010-0010", "0010-0020", "0010-0021"];

export interface OrthancApi {
  client: HttpClient;
  system(signal: AbortSignal): Promise<z.infer<typeof system>>;
  statistics(signal: AbortSignal): Promise<z.infer<typeof statistics>>;
  listIds(level: "instances" | "studies", since: number, limit: number, signal: AbortSignal): Promise<string[]>;
  changes(since: number, limit: number, signal: AbortSignal): Promise<z.infer<typeof changes>>;
  lastChange(signal: AbortSignal): Promise<OrthancChange | undefined>;
  /** Of the DICOM file itself. undefined: the instance is gone. */
  attachmentInfo(instance: string, signal: AbortSignal): Promise<AttachmentInfo | undefined>;
  tags(instance: string, signal: AbortSignal): Promise<OrthancTags | undefined>;
  metadata(instance: string, signal: AbortSignal): Promise<Record<string, string> | undefined>;
  /** (0002,0010), for the few instances whose metadata lack it. */
  headerTransferSyntax(instance: string, signal: AbortSignal): Promise<string>;
  studyInstanceUid(study: string, signal: AbortSignal): Promise<string | undefined>;
  studyNames(study: string, kind: "metadata" | "attachments", signal: AbortSignal): Promise<string[]>;
  studyContent(
    study: string,
    kind: "metadata" | "attachments",
    name: string,
    signal: AbortSignal,
  ): Promise<Buffer | undefined>;
}

/** Typed calls over a client. 404 becomes undefined where a thing may have been deleted meanwhile, else SOURCE_ANSWER. */
export function createOrthancApi(client: HttpClient): OrthancApi {
  async function find<T>(path: string, schema: z.ZodType<T>, signal: AbortSignal, maximumBytes = SMALL) {
    const { status, body } = await client.get(path, { signal, maximumBytes });
    return status === 404 ? undefined : parseAnswer(body, schema);
  }
  async function get<T>(path: string, schema: z.ZodType<T>, signal: AbortSignal, maximumBytes = SMALL) {
    const answer = await find(path, schema, signal, maximumBytes);
    if (answer === undefined) throw notOrthanc();
    return answer;
  }
  return {
    client,
    system: (signal) => get("system", system, signal),
    statistics: (signal) => get("statistics", statistics, signal),
    listIds: (level, since, limit, signal) =>
      get(`${level}?since=${since}&limit=${limit}`, idList, signal, 128 * limit + 1024),
    changes: (since, limit, signal) =>
      get(`changes?since=${since}&limit=${limit}`, changes, signal, 1024 * limit + 1024),
    lastChange: async (signal) => (await get("changes?last", changes, signal)).Changes[0],
    attachmentInfo: (instance, signal) => find(`instances/${instance}/attachments/dicom/info`, attachmentInfo, signal),
    tags: (instance, signal) =>
      find(`instances/${instance}/tags?short&ignore-length=${LONG_TEXT.join(",")}`, tags, signal, TAGS_MAXIMUM_BYTES),
    metadata: (instance, signal) => find(`instances/${instance}/metadata?expand`, metadata, signal),
    async headerTransferSyntax(instance, signal) {
      const header = await find(`instances/${instance}/header?short`, tags, signal);
      const value = header?.["0002,0010"];
      return typeof value === "string" ? value.trim() : "";
    },
    studyInstanceUid: async (id, signal) =>
      (await find(`studies/${id}`, study, signal, 16 * SMALL))?.MainDicomTags.StudyInstanceUID.trim(),
    studyNames: async (id, kind, signal) => (await find(`studies/${id}/${kind}`, names, signal)) ?? [],
    async studyContent(id, kind, name, signal) {
      const path = `studies/${id}/${kind}/${encodeURIComponent(name)}${kind === "attachments" ? "/data" : ""}`;
      const { status, body } = await client.get(path, { signal, maximumBytes: ANALYSIS_MAXIMUM_BYTES });
      return status === 404 ? undefined : body;
    },
  };
}

function parseAnswer<T>(body: Buffer, schema: z.ZodType<T>): T {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw notOrthanc(cause);
  }
  const checked = schema.safeParse(parsed);
  if (!checked.success) throw notOrthanc(checked.error);
  return checked.data;
}

function notOrthanc(cause?: unknown): SatchelError {
  return new SatchelError(
    "SOURCE_ANSWER",
    "The server answered something that Orthanc's REST API does not answer.",
    "Check that the address of the source is that of Orthanc's REST API, with its path prefix if there is one.",
    { cause },
  );
}

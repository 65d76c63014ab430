/**
 * Bytes of pictures and documents that DocumentReferences name: as Binary resources, from where the server keeps them. HAPI takes bytes out
 * of a resource and gives them by `$binary-access-read`.
 */
import { createHash } from "node:crypto";
import { SatchelError } from "../../../contract/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../fhir/json.ts";
import { objectsOf, textOf } from "../../fhir/values-at.ts";
import { FhirRefusal } from "./describe-answer.ts";
import { FHIR_JSON, type FhirAnswer } from "./fhir-client.ts";
import { changeState, readState, type SyncContext } from "./sync-context.ts";

/** Kept at a time; what is more is told. */
const MOST_WAITING = 100_000;
/** The app of Aarogya Aarohan says by it that a picture never arrived (facts of the system, 2.4). */
const NEVER_ARRIVED = "https://midas.iisc.ac.in/fhir/StructureDefinition/img-upload-failed-permanently";

/** One attachment whose bytes are not in its resource. */
interface Waiting {
  /** Logical id of the DocumentReference. */
  document: string;
  /** "Patient/1"; "" for nobody. */
  subject: string;
  contentType: string;
  /** As it stands there; "" where the bytes are asked for by the document alone. */
  url: string;
}

export interface AttachmentReader {
  /** Looks into a resource that was put. @param changed false where the catalog held it as it is: its bytes came before */
  note(json: Buffer, changed: boolean): void;
  /** Reads what was noted. @returns whether all of it came */
  read(): Promise<boolean>;
}

export function createAttachmentReader(context: SyncContext): AttachmentReader {
  const waiting = new Map<string, Waiting>();
  const before = readState(context).attachments as Waiting[] | undefined;
  for (const one of before ?? []) waiting.set(keyOf(one), one);
  let complete = true;

  function missing(document: string, reason: string): void {
    complete = false;
    context.problem(`DocumentReference/${document}`, reason);
  }

  return {
    note(json, changed) {
      const resource = parse(json);
      if (!isJsonObject(resource)) return;
      const document = textOf(resource["id"]);
      if (resource["docStatus"] === "final" && hasNeverArrived(resource)) {
        missing(document, "The picture never arrived at the server: its upload failed for good.");
        return;
      }
      // Where no attachments were read before, those of documents that are as they were are lacking, too.
      if (!changed && before !== undefined) return;
      for (const one of attachmentsOf(resource)) {
        if (waiting.size >= MOST_WAITING) {
          missing("(more)", "There are more attachments than are read in one sync; sync again.");
          return;
        }
        waiting.set(keyOf(one), one);
      }
    },
    async read() {
      const keep = (): void => changeState(context, (state) => ({ ...state, attachments: [...waiting.values()] }));
      // Whose document is as it was at the next sync would not be asked for again.
      keep();
      let done = 0;
      const total = waiting.size;
      try {
        for (const [key, one] of waiting) {
          context.tell({ phase: "resources", step: "Reading pictures and documents", done: done++, total });
          const failure = await readOne(context, one);
          if (failure === undefined) waiting.delete(key);
          else missing(one.document, failure);
        }
      } finally {
        keep();
      }
      return complete;
    },
  };
}

/** @returns why the bytes did not come */
async function readOne(
  context: SyncContext,
  { document, subject, contentType, url }: Waiting,
): Promise<string | undefined> {
  const { client, config, target, signal } = context;
  const address =
    url === ""
      ? new URL(
          `DocumentReference/${document}/$binary-access-read?path=DocumentReference.content.attachment`,
          client.base,
        )
      : URL.canParse(url, client.base.href)
        ? new URL(url, client.base)
        : undefined;
  if (address === undefined || address.origin !== client.base.origin)
    return "Its bytes lie on another server, which is not asked.";
  const binary = /\/Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(address.pathname)?.[1];
  let answer: FhirAnswer;
  try {
    // Base64 takes a third more.
    const largest = Math.ceil(config.largestAttachment * 1.4) + 4096;
    answer = await client.ask({ url: address, accept: binary === undefined ? "*/*" : FHIR_JSON, largest, signal });
  } catch (thrown) {
    if (thrown instanceof SatchelError && thrown.code === "TOO_LARGE")
      return `Its bytes are more than ${Math.round(config.largestAttachment / 1e6)} MB.`;
    if (thrown instanceof FhirRefusal && thrown.status !== 401) return `Its bytes did not come. ${thrown.message}`;
    throw thrown;
  }
  const type = answer.headers["content-type"]?.split(";")[0] ?? "";
  const asResource = binary !== undefined && /json/.test(type);
  const id = binary ?? `attachment-${hash(`${document} ${url}`)}`;
  const json = asResource
    ? answer.body
    : JSON.stringify({
        resourceType: "Binary",
        id,
        contentType: contentType === "" ? type : contentType,
        ...(subject === "" ? {} : { securityContext: { reference: subject } }),
        data: answer.body.toString("base64"),
      });
  target.put({ json, ref: `Binary/${id}`, extra: { attachmentOf: `DocumentReference/${document}` } });
  return undefined;
}

function attachmentsOf(resource: JsonObject): Waiting[] {
  const document = textOf(resource["id"]);
  const subject = isJsonObject(resource["subject"]) ? textOf(resource["subject"]["reference"]) : "";
  return objectsOf(resource["content"]).flatMap(({ attachment }) => {
    if (!isJsonObject(attachment) || attachment["data"] !== undefined) return [];
    return [{ document, subject, contentType: textOf(attachment["contentType"]), url: textOf(attachment["url"]) }];
  });
}

function hasNeverArrived(resource: JsonObject): boolean {
  const holders = [resource, ...objectsOf(resource["content"]).map(({ attachment }) => attachment)];
  return holders.some(
    (holder) =>
      isJsonObject(holder) &&
      objectsOf(holder["extension"]).some(({ url, valueBoolean }) => url === NEVER_ARRIVED && valueBoolean !== false),
  );
}

function keyOf({ document, url }: Waiting): string {
  return `${document} ${url}`;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 40);
}

function parse(json: Buffer): Json | undefined {
  try {
    return JSON.parse(json.toString("utf8")) as Json;
  } catch {
    return undefined;
  }
}

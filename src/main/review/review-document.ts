import { toErrorRecord } from "../../contract/errors.ts";
import type { InstancePolicy } from "../exports/imaging/apply-policy.ts";
import { documentText, type ExportedItem } from "../exports/imaging/document.ts";
import type { ImagingItem, OutputInstance } from "../exports/imaging/item.ts";
import { plannedPreviews } from "../exports/imaging/planned-previews.ts";
import { NOTHING_KNOWN } from "../exports/imaging/process-item.ts";
import type { DocumentInstance, ReviewQuestion } from "./side-messages.ts";

/** Bytes and checksum of the reviewed instance's file, where it is to leave. */
export interface OwnFile {
  size: number;
  sha256?: string;
}

/** Characters of the document that a page is sent. */
const LONGEST = 128 * 1024;
/** File names of previews in one row: of a film with thousands, some show what all are called. */
const MOST_PREVIEWS = 100;

/**
 * The metadata document of one study by the code that writes it into packages. What is only known when the files are made (bytes and
 * checksums of the other instances, which of them are held back) is left open: null, or as planned.
 */
export function writeDocument(
  { study, own, ...input }: ReviewQuestion["document"],
  policy: InstancePolicy,
  file: OwnFile | undefined,
): { text: { metadata: string; metadataTruncated: boolean }; leaks: string[] } {
  const leaks = new Set<string>();
  const items = study.map((one, index) => toExported(one, index === own ? { file } : undefined, describe(one.item)));
  let pass = 0;
  let reachedHidden = false;
  const listed = function* (): Generator<ExportedItem> {
    const counting = pass++ === 0;
    for (const [index, item] of items.entries()) {
      const { times, hidden } = study[index] as DocumentInstance;
      if (hidden === true && !counting) {
        reachedHidden = true;
        return;
      }
      for (let time = 0; time < times; time++) yield item;
    }
  };
  let metadata = "";
  for (const part of documentText({ ...input, items: listed })) {
    if (reachedHidden || metadata.length + part.length > LONGEST) {
      const rest = reachedHidden ? "" : part.slice(0, LONGEST - metadata.length);
      return { text: { metadata: metadata + rest, metadataTruncated: true }, leaks: [...leaks] };
    }
    metadata += part;
  }
  return { text: { metadata, metadataTruncated: false }, leaks: [...leaks] };

  function describe({ description, orthancInstanceId }: ImagingItem): OutputInstance {
    try {
      return policy.describe(description, orthancInstanceId);
    } catch (thrown) {
      // As in an export: the row says nothing, and the instance counts as failed.
      if (toErrorRecord(thrown).code !== "LEAK") throw thrown;
      leaks.add("metadata document");
      return NOTHING_KNOWN;
    }
  }
}

/** @param made what is known of it, for the reviewed instance itself */
function toExported(
  { item }: DocumentInstance,
  made: { file: OwnFile | undefined } | undefined,
  output: OutputInstance,
): ExportedItem {
  const leaves = item.path !== null && (made === undefined || made.file !== undefined) && output !== NOTHING_KNOWN;
  const dicom = leaves ? [{ name: item.path ?? "", role: "dicom" as const, ...made?.file }] : [];
  const previews = leaves ? previewsOf(item) : [];
  return {
    entries: [...dicom, ...previews],
    outcome: {
      status: leaves ? "exported" : "described",
      patient: item.patient,
      study: item.study,
      output,
      previews: previews.length,
      swept: true,
      missing: [],
    },
  };
}

function previewsOf({ previewFolder, firstPreview, description }: ImagingItem): { name: string; role: "preview" }[] {
  if (previewFolder === null) return [];
  const count = Math.min(MOST_PREVIEWS, plannedPreviews(description));
  return Array.from({ length: count }, (_, frame) => ({
    name: `${previewFolder}/frame_${firstPreview + frame}.png`,
    role: "preview",
  }));
}

import { toErrorRecord } from "../../contract/errors.ts";
import { walkPart10 } from "../dicom/part10.ts";
import { readPart10 } from "../dicom/read-part10.ts";
import { checkEntries, type ParseDicom } from "../package/check-entries.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

/** That a file of a package parses is part of its verification. @throws NOT_DICOM, BAD_DICOM, TOO_LARGE */
const parseDicom: ParseDicom = (content) => {
  if (content.whole !== undefined) walkPart10(content.whole);
  else if (content.stored !== undefined) readPart10(content.stored.fd, content.size, { origin: content.stored.start });
  else walkPart10(content.read(0, content.size));
};

/** Checks one batch of entries and reports what is wrong with them. */
export async function verifyEntries(
  message: ToWorker & { type: "verify" },
  post: (message: FromWorker) => void,
): Promise<void> {
  try {
    const problems = await checkEntries(message.path, message.layout, message.entries, parseDicom);
    post({ type: "verified", batch: message.batch, problems });
  } catch (thrown) {
    post({ type: "verified", batch: message.batch, problems: [], error: toErrorRecord(thrown) });
  }
}

import { SatchelError, toErrorRecord, type ErrorCode } from "../../contract/errors.ts";
import { parsePictureQuery, PICTURE_WINDOW_HEADER, PICTURES_PATH } from "../../contract/pictures.ts";
import type { App } from "../app.ts";

/** An answer in the form that every HTTP library, or Electron's protocol handler, can give it. */
export interface PictureAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Pictures are patient data: no cache may keep them on a disk. */
const HEADERS = { "cache-control": "private, no-store", "x-content-type-options": "nosniff" };

const STATUS: Partial<Record<ErrorCode, number>> = {
  USAGE: 400,
  NOT_FOUND: 404,
  CANNOT_RENDER: 415,
  NOT_DICOM: 415,
  BAD_DICOM: 415,
  UNSUPPORTED_DICOM: 415,
  TOO_LARGE: 415,
  LOCKED: 423,
  SIGN_IN_NEEDED: 401,
  NOT_ALLOWED: 403,
  SOURCE_UNREACHABLE: 502,
  SOURCE_REFUSED: 502,
  SOURCE_ANSWER: 502,
  READ_FAILED: 502,
  CHECKSUM: 502,
  CANCELLED: 503,
  WORKER_DIED: 503,
};

/** Whether an address is one of a picture: only then may `answerPicture` be asked. */
export function isPicturePath(pathname: string): boolean {
  return pathname === PICTURES_PATH;
}

/** What a shell answers to a page that asks for a picture (contract/pictures.ts). The shell has checked who asks. Never throws. */
export async function answerPicture(app: App, url: URL, signal: AbortSignal): Promise<PictureAnswer> {
  try {
    const request = parsePictureQuery(url.searchParams);
    if (request === undefined) throw new SatchelError("USAGE", "This is not a request for a picture.");
    const { png, window } = await app.picture(request, signal);
    const headers: Record<string, string> = { ...HEADERS, "content-type": "image/png" };
    if (window !== undefined) headers[PICTURE_WINDOW_HEADER] = `${window.center},${window.width}`;
    return { status: 200, headers: { ...headers, "content-length": String(png.length) }, body: png };
  } catch (thrown) {
    const record = toErrorRecord(thrown);
    const body = Buffer.from(JSON.stringify(record));
    const headers = { ...HEADERS, "content-type": "application/json", "content-length": String(body.length) };
    return { status: STATUS[record.code] ?? 500, headers, body };
  }
}

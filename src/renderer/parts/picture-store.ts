/**
 * Pictures that the page has fetched, as object URLs. They are patient data: they live in memory, a bounded number of bytes of them, and are
 * revoked when they leave it. A picture that is on the screen is never revoked.
 */
import { errorRecord } from "../../contract/job.ts";
import { ERROR_CODES, SatchelError, type ErrorCode } from "../../contract/errors.ts";
import { PICTURE_WINDOW_HEADER, pictureUrl, type PictureInput } from "../../contract/pictures.ts";
import { authorization } from "../client/wire.ts";

/** Window centre and width in modality units (PS3.3 C.11.2). */
export interface AppliedWindow {
  center: number;
  width: number;
}

export interface LoadedPicture {
  url: string;
  bytes: number;
  /** Undefined for pictures in colour. */
  window: AppliedWindow | undefined;
}

interface Kept extends LoadedPicture {
  users: number;
}

const KEPT_BYTES = 96 * 1024 * 1024;

/** Least recently used first: a Map keeps the order of insertion. */
const kept = new Map<string, Kept>();
let keptBytes = 0;

let session: string | null = null;

/** Under which session pictures are asked for (`users.me`); those of another are forgotten. */
export function showPicturesAs(next: string | null): void {
  if (next === session) return;
  session = next;
  for (const { url } of kept.values()) URL.revokeObjectURL(url);
  kept.clear();
  keptBytes = 0;
}

/** A picture that is there already, without waiting. */
export function pictureAtHand(request: PictureInput): LoadedPicture | undefined {
  return kept.get(pictureUrl(request));
}

/**
 * Fetches a picture, or takes it from memory.
 *
 * @throws SatchelError CANNOT_RENDER, NOT_FOUND, SOURCE_* as the engine tells it; CONNECTION_LOST where nobody answers
 */
export async function loadPicture(request: PictureInput, signal?: AbortSignal): Promise<LoadedPicture> {
  const address = pictureUrl(request);
  const there = kept.get(address);
  if (there !== undefined) {
    kept.delete(address);
    kept.set(address, there);
    return there;
  }
  const answer = await ask(address, signal);
  if (!answer.ok) throw await toError(answer);
  const blob = await answer.blob();
  const meanwhile = kept.get(address);
  if (meanwhile !== undefined) return meanwhile;
  const picture: Kept = {
    url: URL.createObjectURL(blob),
    bytes: blob.size,
    window: parseWindow(answer.headers.get(PICTURE_WINDOW_HEADER)),
    users: 0,
  };
  kept.set(address, picture);
  keptBytes += picture.bytes;
  makeRoom();
  return picture;
}

/** Keeps a picture while it is on the screen. @returns what lets it go */
export function holdPicture(request: PictureInput): () => void {
  const picture = kept.get(pictureUrl(request));
  if (picture === undefined) return () => undefined;
  picture.users += 1;
  return () => {
    picture.users -= 1;
    makeRoom();
  };
}

async function ask(address: string, signal: AbortSignal | undefined): Promise<Response> {
  try {
    const own = session === null ? address : `${address}&session=${encodeURIComponent(session)}`;
    return await fetch(own, { headers: authorization(), cache: "no-store", ...(signal ? { signal } : {}) });
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    throw new SatchelError("CONNECTION_LOST", "The connection to Satchel is lost.");
  }
}

async function toError(answer: Response): Promise<SatchelError> {
  const parsed = errorRecord.safeParse(await answer.json().catch(() => undefined));
  if (parsed.success && Object.hasOwn(ERROR_CODES, parsed.data.code))
    return new SatchelError(parsed.data.code as ErrorCode, parsed.data.message, parsed.data.next);
  return new SatchelError("CANNOT_RENDER", "There is no picture of this instance.");
}

function parseWindow(header: string | null): AppliedWindow | undefined {
  const [center, width] = (header ?? "").split(",").map(Number);
  return center !== undefined && width !== undefined && Number.isFinite(center) && width > 0
    ? { center, width }
    : undefined;
}

function makeRoom(): void {
  for (const [address, picture] of kept) {
    if (keptBytes <= KEPT_BYTES) return;
    if (picture.users > 0) continue;
    kept.delete(address);
    keptBytes -= picture.bytes;
    URL.revokeObjectURL(picture.url);
  }
}

import { SatchelError } from "../../contract/errors.ts";
import type { PictureRequest } from "../../contract/pictures.ts";
import { placeOf } from "../review/place.ts";
import type { SideThread } from "../review/side-thread.ts";
import type { Workspace } from "../access/workspace.ts";
import { MemoryCache } from "./memory-cache.ts";

export interface Picture {
  png: Buffer;
  /** The window through which a greyscale picture is seen, in modality units. */
  window?: { center: number; width: number };
}

/** Thumbnails are asked for again and again; whole frames hardly ever. */
const MOST_THUMBNAIL_BYTES = 16 * 1024 * 1024;

/** Pictures of the catalog's instances for a page. */
export class Pictures {
  readonly #thread: SideThread;
  readonly #thumbnails = new MemoryCache<Picture>(MOST_THUMBNAIL_BYTES, ({ png }) => png.length);

  constructor(thread: SideThread) {
    this.#thread = thread;
  }

  /** @throws NOT_FOUND, CANNOT_RENDER, NOT_DICOM, BAD_DICOM, TOO_LARGE, SOURCE_*, READ_FAILED, CHECKSUM, CANCELLED */
  async render(workspace: Workspace, request: PictureRequest, signal: AbortSignal): Promise<Picture> {
    const { frame, size, center, width } = request;
    const place = placeOf(workspace, request.instance);
    const window = center === undefined || width === undefined ? undefined : { center, width };
    // By place and stamp: a number of the catalog may be given to another instance one day.
    const { ref, stamp, size: bytes } = place.locator;
    const key = JSON.stringify([place.source.id, ref, stamp, bytes, frame, size, window]);
    const known = this.#thumbnails.get(key);
    if (known !== undefined) return known;
    if (signal.aborted) throw new SatchelError("CANCELLED", "The picture is no longer wanted.");
    const answer = await this.#thread.ask({ kind: "picture", place, frame, size, window }, signal);
    const { buffer, byteOffset, byteLength } = answer.png;
    const png = Buffer.from(buffer, byteOffset, byteLength);
    const picture = answer.window === undefined ? { png } : { png, window: answer.window };
    if (size !== undefined) this.#thumbnails.set(key, picture);
    return picture;
  }

  forget(): void {
    this.#thumbnails.clear();
  }
}

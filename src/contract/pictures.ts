/**
 * Pictures for the page. Bytes never cross the wire: the page fetches them from the address that its shell serves (an `app:` scheme, or
 * loopback with the session's token in the `Authorization` header). The answer is a PNG; a failure is an ErrorRecord as JSON with status
 * 404 (there is no such instance), 415 (it cannot be shown) or 502 (its source did not give it).
 */
import { z } from "./schema.ts";

const pictureRequest = z
  .object({
    /** The catalog's number of the instance (find.instances, find.study). */
    instance: z.coerce.number().int().nonnegative(),
    /** From 0. */
    frame: z.coerce.number().int().nonnegative().default(0),
    /** Longest side in pixels; the frame's own size where left out. */
    size: z.coerce.number().int().min(16).max(4096).optional(),
    /** Window centre and width in modality units (PS3.3 C.11.2); the instance's own where left out. Both or neither. */
    /** Of the account that is signed in (`users.me`). */
    session: z.string().max(64).optional(),
    center: z.coerce.number().optional(),
    width: z.coerce.number().positive().optional(),
  })
  .strict();
export type PictureRequest = z.infer<typeof pictureRequest>;
export type PictureInput = z.input<typeof pictureRequest>;

export const PICTURES_PATH = "/pictures/frame";
/** Header of the answer: `center,width` of the window that was applied, where the picture is greyscale. */
export const PICTURE_WINDOW_HEADER = "x-satchel-window";

export function pictureUrl(request: PictureInput): string {
  const query = Object.entries(request)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return `${PICTURES_PATH}?${query.join("&")}`;
}

/** @param query what stands behind the question mark, taken apart. @returns undefined where it is not a request for a picture */
export function parsePictureQuery(query: Iterable<[string, string]>): PictureRequest | undefined {
  const parsed = pictureRequest.safeParse(Object.fromEntries(query));
  if (!parsed.success || (parsed.data.center === undefined) !== (parsed.data.width === undefined)) return undefined;
  return parsed.data;
}

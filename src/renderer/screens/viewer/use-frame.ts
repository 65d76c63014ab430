import { useEffect, useRef, useState } from "react";
import { SatchelError } from "../../../contract/errors.ts";
import { pictureUrl, type PictureInput } from "../../../contract/pictures.ts";
import { holdPicture, loadPicture, type LoadedPicture } from "../../parts/picture-store.ts";

export interface ShownFrame {
  /** The last picture that came; undefined where the frame cannot be shown. */
  picture: LoadedPicture | undefined;
  error: SatchelError | undefined;
  /** What is shown is what was asked for last. */
  isCurrent: boolean;
}

/**
 * The picture of a frame. While one is on its way only the newest wish is kept: a drag or a wheel never queues up requests behind itself.
 * When it rests, neighbours are fetched.
 *
 * @param request undefined: nothing to show yet. @param neighbours in the order in which they are likely to be wanted
 */
export function useFrame(request: PictureInput | undefined, neighbours: readonly PictureInput[]): ShownFrame {
  const address = request === undefined ? "" : pictureUrl(request);
  const [shown, setShown] = useState<{ address: string; picture?: LoadedPicture; error?: SatchelError }>({
    address: "",
  });
  const wanted = useRef({ request, address, neighbours });
  const state = useRef({ busy: false, gone: false, letGo: (): void => undefined });
  useEffect(() => {
    wanted.current = { request, address, neighbours };
  });
  useEffect(() => {
    const own = state.current;
    own.gone = false;
    return () => {
      own.gone = true;
      own.letGo();
    };
  }, []);
  useEffect(() => {
    if (address !== "" && !state.current.busy) void follow();
    async function follow(): Promise<void> {
      const own = state.current;
      own.busy = true;
      let done = "";
      while (!own.gone && wanted.current.request !== undefined && wanted.current.address !== done) {
        const now = wanted.current;
        done = now.address;
        const outcome = await fetchFrame(now.request);
        if (own.gone) break;
        const letGo = now.request === undefined ? () => undefined : holdPicture(now.request);
        setShown({ address: done, ...outcome });
        own.letGo();
        own.letGo = letGo;
      }
      own.busy = false;
      await fetchNeighbours(wanted.current.neighbours, () => own.gone || own.busy || wanted.current.address !== done);
    }
  }, [address]);
  return { picture: shown.picture, error: shown.error, isCurrent: shown.address === address };
}

async function fetchFrame(
  request: PictureInput | undefined,
): Promise<{ picture?: LoadedPicture; error?: SatchelError }> {
  if (request === undefined) return {};
  try {
    const picture = await loadPicture(request);
    const image = new Image();
    image.src = picture.url;
    // Decoded before it is shown, so that it does not flash.
    await image.decode();
    return { picture };
  } catch (thrown) {
    return {
      error:
        thrown instanceof SatchelError ? thrown : new SatchelError("CANNOT_RENDER", "The picture cannot be shown."),
    };
  }
}

async function fetchNeighbours(neighbours: readonly PictureInput[], isOver: () => boolean): Promise<void> {
  for (const neighbour of neighbours) {
    if (isOver()) return;
    // That a neighbour cannot be shown is said when somebody goes there.
    await loadPicture(neighbour).catch(() => undefined);
  }
}

import { SatchelError } from "../../contract/errors.ts";
import { encodePng } from "../render/png.ts";
import { reduceFrame } from "../render/reduce.ts";
import type { PictureAnswer, PictureQuestion } from "../review/side-messages.ts";
import type { SourceReaders } from "../review/source-readers.ts";
import { createOpenInstances } from "./open-instances.ts";

/** Told when a frame is begun and when it is done: a decoder may never come back. */
export interface FrameWatch {
  begin(): void;
  end(): void;
}

export interface Pictures {
  /** One frame as PNG. @throws CANNOT_RENDER, NOT_DICOM, BAD_DICOM, TOO_LARGE, SOURCE_*, READ_FAILED, CHECKSUM, CANCELLED */
  render(question: PictureQuestion, signal: AbortSignal, watch: FrameWatch): Promise<PictureAnswer>;
}

/** Renders in a side thread what a page shows; the same renderer makes the previews of a package. */
export function createPictures(readers: SourceReaders): Pictures {
  const instances = createOpenInstances(readers);
  return {
    render: ({ place, frame, size, window }, signal, watch) =>
      instances.use(place, signal, (image) => {
        if (signal.aborted) throw new SatchelError("CANCELLED", "The picture is no longer wanted.");
        watch.begin();
        try {
          const rendered = image.frame(frame, window);
          const png = encodePng(size === undefined ? rendered : reduceFrame(rendered, size));
          // A copy of its own, to be handed over: small buffers share their memory.
          return { png: new Uint8Array(png), window: finite(rendered.window) };
        } catch (thrown) {
          if (thrown instanceof SatchelError) throw thrown;
          throw new SatchelError(
            "CANNOT_RENDER",
            "The pixel data could not be decoded.",
            "Open the DICOM file itself in a viewer; it is not affected.",
            { cause: thrown },
          );
        } finally {
          watch.end();
        }
      }),
  };
}

/** A frame of nothing but padding has no window. */
function finite(window: PictureAnswer["window"]): PictureAnswer["window"] {
  return window !== undefined && Number.isFinite(window.center) && Number.isFinite(window.width) ? window : undefined;
}

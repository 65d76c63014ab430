/** Wheel deltas of a trackpad are many and small: this much of them is one frame. */
const TRACKPAD_PX = 60;
/** One notch of a mouse's wheel is 100 or 120 pixels, several at once a multiple of that: each notch is one frame, none is skipped. */
const NOTCH_PX = 100;
const MEAN_NOTCH_PX = 110;

/**
 * How many frames a turn of the wheel goes on, or back.
 *
 * @param gathered pixels of earlier turns that were too small for a frame
 */
export function framesOfWheel(gathered: number, pixels: number): { frames: number; gathered: number } {
  if (Math.abs(pixels) >= NOTCH_PX) return { frames: Math.round(pixels / MEAN_NOTCH_PX), gathered: 0 };
  const sum = gathered + pixels;
  const frames = Math.trunc(sum / TRACKPAD_PX);
  return { frames, gathered: sum - frames * TRACKPAD_PX };
}

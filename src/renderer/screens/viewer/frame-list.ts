/** An instance as a stack of frames has it. */
export interface StackedInstance {
  instance: number;
  frames: number;
}

export interface FramePlace<I> {
  instance: I;
  /** Of the stack, from 0. */
  at: number;
  /** Of the instance, from 0. */
  frame: number;
}

/** How many frames a stack has. An instance of which no frames are known still has a place: that it cannot be shown is said there. */
export function countFrames(instances: readonly StackedInstance[]): number {
  return instances.reduce((sum, { frames }) => sum + Math.max(1, frames), 0);
}

/** @param position from 0, over all frames of all instances @returns undefined beyond the end */
export function frameAt<I extends StackedInstance>(
  instances: readonly I[],
  position: number,
): FramePlace<I> | undefined {
  let left = position;
  for (const [at, instance] of instances.entries()) {
    const frames = Math.max(1, instance.frames);
    if (left < frames) return { instance, at, frame: left };
    left -= frames;
  }
  return undefined;
}

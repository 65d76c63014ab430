import type { InstanceDescription } from "../../dicom/description.ts";

/** A header may announce any number of frames; a real instance has some thousands at most. */
export const MOST_PREVIEWS = 100_000;

/** How many previews an instance gets: one for each frame, or one line in MISSING.txt where its header announces nonsense. */
export function plannedPreviews({ numberOfFrames }: Pick<InstanceDescription, "numberOfFrames">): number {
  return numberOfFrames > MOST_PREVIEWS ? 1 : numberOfFrames;
}

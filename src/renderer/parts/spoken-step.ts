/**
 * Progress is spoken at each full ten per cent and at the end, never more often: a voice that counts is no help.
 *
 * @param before the step spoken last, -1 before the first. @param share 0 to 1
 * @returns the step to speak now (0, 10 ... 100), or undefined where it was spoken already
 */
export function spokenStep(before: number, share: number): number | undefined {
  const step = Math.floor(Math.min(Math.max(share, 0), 1) * 10) * 10;
  return step === before ? undefined : step;
}

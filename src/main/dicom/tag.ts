/**
 * Tags are unsigned 32-bit numbers, group in the upper half, so that their numeric order is the order of a data set (PS3.5 7.1).
 */

export const ITEM = 0xfffee000;
export const ITEM_DELIMITATION = 0xfffee00d;
export const SEQUENCE_DELIMITATION = 0xfffee0dd;

export const TRANSFER_SYNTAX_UID = 0x00020010;
export const SPECIFIC_CHARACTER_SET = 0x00080005;
export const PIXEL_DATA = 0x7fe00010;
export const FLOAT_PIXEL_DATA = 0x7fe00008;
export const DOUBLE_FLOAT_PIXEL_DATA = 0x7fe00009;

/** Joins group and element into a tag. */
export function tagOf(group: number, element: number): number {
  return ((group << 16) | element) >>> 0;
}

/** The form people know: "(0010,0010)". */
export function formatTag(tag: number): string {
  const digits = tag.toString(16).toUpperCase().padStart(8, "0");
  return `(${digits.slice(0, 4)},${digits.slice(4)})`;
}

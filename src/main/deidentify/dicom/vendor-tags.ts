/** Whoever made the device writes these, and may be called like a patient or a hospital's street (PS3.15 keeps them). */
export const VENDOR_TAGS: ReadonlySet<number> = new Set([
  0x00080070, 0x00081090, 0x00181016, 0x00181018, 0x00181019, 0x00181020, 0x0018702a, 0x0018702b, 0x00189041,
  0x00189050, 0x00189525, 0x00189526,
]);

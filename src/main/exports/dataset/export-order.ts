/** The resources of one patient in the order in which they leave: the Patient, then by type, then by exported id. */
export function compareExported(
  one: { type: string; exportedId: string },
  other: { type: string; exportedId: string },
): number {
  if (one.type !== other.type) {
    if (one.type === "Patient") return -1;
    if (other.type === "Patient") return 1;
    return one.type < other.type ? -1 : 1;
  }
  return one.exportedId < other.exportedId ? -1 : one.exportedId > other.exportedId ? 1 : 0;
}

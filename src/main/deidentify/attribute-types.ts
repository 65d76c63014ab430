import resource from "../../../resources/attribute-types.json" with { type: "json" };

/** The Type of an attribute in its IOD (PS3.5 7.4), conditional ones with the unconditional. */
export type AttributeType = 1 | 2 | 3;

const iodOfSopClass = new Map<string, number>();
for (const [index, sopClasses] of resource.iods.entries()) for (const uid of sopClasses) iodOfSopClass.set(uid, index);
const types: Record<string, string | undefined> = resource.types;

/** True of SOP Classes of which the table of Types has all modules: what it does not give is not in the IOD. */
export function isKnownSopClass(sopClassUid: string): boolean {
  const iod = iodOfSopClass.get(sopClassUid);
  return iod !== undefined && resource.complete.charAt(iod) === "1";
}

/**
 * The Type of an attribute for which Table E.1-1 makes the action depend on it.
 *
 * @param path tags from the top level down, eight lower-case digits each, joined by dots: "00081115.00081140".
 * @returns undefined where the SOP Class or the path is unknown; functional groups and IODs after 2016 are.
 */
export function typeOf(sopClassUid: string, path: string): AttributeType | undefined {
  const iod = iodOfSopClass.get(sopClassUid);
  const type = iod === undefined ? undefined : types[path]?.charAt(iod);
  return type === "1" ? 1 : type === "2" ? 2 : type === "3" ? 3 : undefined;
}

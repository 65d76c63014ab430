import manifest from "../../../package.json" with { type: "json" };

/** Who de-identified, as File Meta Information and (0012,0063) say it. */
export const SOFTWARE_VERSION: string = manifest.version;
/** Satchel's own Implementation Class UID (PS3.7 D.3.3.2): a UUID made once for it. */
export const IMPLEMENTATION_CLASS_UID = "2.25.106483688846556112498198852003066356002";
/** At most 16 characters (PS3.10 7.1). */
export const IMPLEMENTATION_VERSION_NAME = `SATCHEL_${SOFTWARE_VERSION.replaceAll(".", "_")}`.slice(0, 16);

/**
 * What PS3.5 says of each Value Representation, and no more than the walk, the encoder and the text reader need.
 */

/** VRs whose explicit header has two reserved bytes and a 32-bit length: PS3.5 Table 7.1-1. All others have a 16-bit length: Table 7.1-2. */
export const LONG_FORM_VRS: ReadonlySet<string> = new Set([
  "OB",
  "OD",
  "OF",
  "OL",
  "OV",
  "OW",
  "SQ",
  "SV",
  "UC",
  "UN",
  "UR",
  "UT",
  "UV",
]);

/** VRs with a 16-bit length. */
export const SHORT_FORM_VRS: ReadonlySet<string> = new Set([
  "AE",
  "AS",
  "AT",
  "CS",
  "DA",
  "DS",
  "DT",
  "FD",
  "FL",
  "IS",
  "LO",
  "LT",
  "PN",
  "SH",
  "SL",
  "SS",
  "ST",
  "TM",
  "UI",
  "UL",
  "US",
]);

/** VRs padded with a trailing NUL; text is padded with a space (PS3.5 6.2). */
export const NUL_PADDED_VRS: ReadonlySet<string> = new Set(["UI", "OB", "UN", "OW", "OD", "OF", "OL", "OV"]);

/** VRs to which Specific Character Set applies (PS3.5 6.1.2.3). */
const CHARACTER_SET_VRS: ReadonlySet<string> = new Set(["LO", "LT", "PN", "SH", "ST", "UC", "UT"]);

/** VRs that hold text of any repertoire. */
export const TEXT_VRS: ReadonlySet<string> = new Set([
  ...CHARACTER_SET_VRS,
  "AE",
  "AS",
  "CS",
  "DA",
  "DS",
  "DT",
  "IS",
  "TM",
  "UI",
  "UR",
]);

/** Text VRs in which a backslash is a character, not a delimiter of values (PS3.5 6.2). */
export const SINGLE_TEXT_VRS: ReadonlySet<string> = new Set(["LT", "ST", "UT", "UR"]);

/** Bytes of one value of the binary VRs of fixed size; also what has to be swapped between byte orders. */
export const BINARY_VALUE_BYTES: Readonly<Record<string, number>> = {
  AT: 4,
  FD: 8,
  FL: 4,
  OD: 8,
  OF: 4,
  OL: 4,
  OV: 8,
  OW: 2,
  SL: 4,
  SS: 2,
  SV: 8,
  UL: 4,
  US: 2,
  UV: 8,
};

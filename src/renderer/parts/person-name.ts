/**
 * A PN value for people: family name first, as lists are sorted (PS3.5 6.2.1). The groups are alphabetic, ideographic and phonetic;
 * ideographic names are written without a comma.
 *
 * @returns "Yamada, Tarou (山田 太郎)", the ideographic or phonetic group alone where it stands alone, "" where there is none
 */
export function showPersonName(value: string): string {
  const [alphabetic = "", ideographic = "", phonetic = ""] = value.split("=").map((group) => group.trim());
  const latin = showAlphabetic(alphabetic);
  const characters = components(ideographic).join(" ");
  if (latin !== "" && characters !== "") return `${latin} (${characters})`;
  return latin || characters || components(phonetic).join(" ");
}

function components(group: string): string[] {
  return group
    .split("^")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

/** family^given^middle^prefix^suffix -> "family, prefix given middle, suffix" */
function showAlphabetic(group: string): string {
  const [family = "", given = "", middle = "", prefix = "", suffix = ""] = group.split("^").map((one) => one.trim());
  const first = [prefix, given, middle].filter((one) => one !== "").join(" ");
  return [family, first, suffix].filter((one) => one !== "").join(", ");
}

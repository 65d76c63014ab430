import type { Labels } from "../../labels/en/index.ts";

/** Patient's Sex (PS3.3 C.7.1.1): F, M, O in words; what else stands there is shown as it is. */
export function saySex(value: string, labels: Labels["browse"]): string {
  const { sexes } = labels;
  return { F: sexes.female, M: sexes.male, O: sexes.other }[value] ?? value;
}

/** Several values are parted by a backslash (PS3.5 6.4). */
export function sayModalities(value: string): string[] {
  return value.split("\\").filter((one) => one !== "");
}

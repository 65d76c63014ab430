/**
 * A folder of its own within another, named after the moment, for packages whose names are taken: "…/2026-01-31 14.02.33". Satchel makes
 * it at the start. The time is the user's own; a colon is not allowed in names on Windows.
 */
export function folderOfToday(folder: string, now: Date): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(".");
  const separator = /^[A-Za-z]:\\|^\\\\/.test(folder) ? "\\" : "/";
  return `${folder.replace(/[\\/]+$/, "")}${separator}${day} ${time}`;
}

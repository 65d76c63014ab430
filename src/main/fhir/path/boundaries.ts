import type { Json } from "../json.ts";

/** The earliest or latest moment that a partial date or time can mean (FHIRPath: lowBoundary, highBoundary). */
export function boundaryOf(value: Json, end: "low" | "high", type: string | undefined): Json | undefined {
  if (typeof value === "number") return numberBoundary(value, end);
  if (typeof value !== "string") return undefined;
  if (/^\d{2}(?::|$)/.test(value)) return timeBoundary(value, end);
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(T.*)?)?)?$/.exec(value);
  if (match === null) return undefined;
  const [, year = "", month, day, time] = match;
  const low = end === "low";
  const m = month ?? (low ? "01" : "12");
  const d = day ?? (low ? "01" : String(new Date(Date.UTC(Number(year), Number(m), 0)).getUTCDate()).padStart(2, "0"));
  const date = `${year}-${m}-${d}`;
  if (!/^(?:dateTime|instant)$/i.test(type ?? "") && time === undefined) return date;
  if (time === undefined) return `${date}T${timeBoundary("", end)}${low ? "+14:00" : "-12:00"}`;
  const zone = /(?:Z|[+-]\d{2}:\d{2})$/.exec(time)?.[0] ?? (low ? "+14:00" : "-12:00");
  return `${date}T${timeBoundary(time.slice(1).replace(/(?:Z|[+-]\d{2}:\d{2})$/, ""), end)}${zone}`;
}

function timeBoundary(value: string, end: "low" | "high"): string {
  const limits = end === "low" ? ["00", "00", "00", "000"] : ["23", "59", "59", "999"];
  const parts = value === "" ? [] : value.split(/[:.]/);
  const [hour, minute, second, fraction] = limits.map((limit, index) => parts[index] ?? limit);
  const last = end === "low" ? "0" : "9";
  return `${hour}:${minute}:${second}.${(fraction ?? "").slice(0, 3).padEnd(3, last)}`;
}

/** Half a unit of the last digit that JSON keeps: "1.0" is read as 1, and its last digit is lost with it. */
function numberBoundary(value: number, end: "low" | "high"): number {
  const digits = /\.(\d+)/.exec(String(value))?.[1]?.length ?? 0;
  const half = 5 / 10 ** (digits + 1);
  return Number((end === "low" ? value - half : value + half).toFixed(digits + 1));
}

/** A token of JSON (RFC 8259), with the white space before it. */
const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/uy;

/**
 * Where a text stops being JSON: JSON.parse refuses it, but does not always say where.
 *
 * @returns the place of the first character that does not fit, the end of what there is where that is too early
 */
export function findJsonError(text: string): number {
  const open: ("{" | "[")[] = [];
  /** What may come next: a value, the name of a member, a colon, or a comma or an end. */
  let next: "value" | "name" | "colon" | "more" = "value";
  /** Right after an opening bracket it may also be closed. */
  let begun = false;
  let at = 0;
  while (next !== "more" || open.length > 0) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) return afterSpace(text, at);
    const [whole, mark, string] = match;
    const place = at + whole.length - (mark ?? string ?? match[3] ?? "").length;
    const inside = open.at(-1);
    const closes = (mark === "}" && inside === "{") || (mark === "]" && inside === "[");
    if (closes && (next === "more" || begun)) {
      open.pop();
      next = "more";
    } else if (next === "more" && mark === ",") next = inside === "{" ? "name" : "value";
    else if (next === "name" && string !== undefined) next = "colon";
    else if (next === "colon" && mark === ":") next = "value";
    else if (next === "value" && (mark === "{" || mark === "[")) {
      open.push(mark);
      next = mark === "{" ? "name" : "value";
      begun = true;
      at += whole.length;
      continue;
    } else if (next === "value" && mark === undefined) next = "more";
    else return place;
    begun = false;
    at += whole.length;
  }
  return afterSpace(text, at);
}

function afterSpace(text: string, at: number): number {
  const rest = text.slice(at).search(/[^ \t\r\n]/);
  return rest < 0 ? text.trimEnd().length : at + rest;
}

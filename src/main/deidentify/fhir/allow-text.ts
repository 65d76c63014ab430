/** Names of elements with what is allowed within each; null where that is the datatype's own matter. */
export type Allowed = ReadonlyMap<string, Allowed | null>;

/** "status code component(code value[x])" */
export function parseAllowed(text: string): Allowed {
  const tokens = text.match(/[^\s()]+|[()]/g) ?? [];
  let at = 0;
  const parse = (): Allowed => {
    const allowed = new Map<string, Allowed | null>();
    for (; at < tokens.length && tokens[at] !== ")"; at++) {
      const name = tokens[at]!;
      if (tokens[at + 1] !== "(") {
        allowed.set(name, null);
        continue;
      }
      at += 2;
      allowed.set(name, parse());
    }
    return allowed;
  };
  return parse();
}

import { SatchelError } from "../../../contract/errors.ts";
import { tokensOf, type Token } from "./tokens.ts";

/** A FHIRPath expression as a tree. */
export type PathNode =
  | { kind: "this" }
  | { kind: "literal"; value: string | number | boolean }
  | { kind: "empty" }
  | { kind: "variable"; name: string }
  | { kind: "member"; of: PathNode; name: string }
  | { kind: "index"; of: PathNode; index: PathNode }
  | { kind: "call"; of: PathNode; name: string; arguments: PathNode[] }
  | { kind: "operator"; operator: string; left: PathNode; right: PathNode }
  | { kind: "negative"; of: PathNode };

/** From what binds least to what binds most (FHIRPath 2.0.0, 6.8 operator precedence). */
const LEVELS: readonly (readonly string[])[] = [
  ["implies"],
  ["or", "xor"],
  ["and"],
  ["in", "contains"],
  ["=", "!=", "~", "!~"],
  ["<", ">", "<=", ">="],
  ["|"],
  ["is", "as"],
  ["+", "-", "&"],
  ["*", "/", "div", "mod"],
];
const WORDS = new Set(["implies", "or", "xor", "and", "in", "contains", "is", "as", "div", "mod"]);
/** An expression of a view is a line; one nested deeper was made to end the stack. */
const DEEPEST = 100;

/** @throws USAGE where the text is no FHIRPath expression; it tells the place, and the text, which the user wrote */
export function parsePath(text: string): PathNode {
  const { tokens, failedAt } = tokensOf(text);
  if (failedAt !== undefined) throw notAPath(text, failedAt);
  const parser = new Parser(text, tokens);
  const node = parser.expression(0);
  parser.end();
  return node;
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  expression(level: number): PathNode {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    if (level === 0 && ++this.#depth > DEEPEST) throw notAPath(this.#text, this.#peek().at);
    let left = this.expression(level + 1);
    for (;;) {
      const { kind, text } = this.#peek();
      const isOperator = kind === "symbol" || (kind === "name" && WORDS.has(text));
      if (!isOperator || !operators.includes(text)) break;
      this.#next++;
      const right = this.expression(level + 1);
      // "value is Quantity" is value.is(Quantity).
      left =
        text === "is" || text === "as"
          ? { kind: "call", of: left, name: text, arguments: [right] }
          : { kind: "operator", operator: text, left, right };
    }
    if (level === 0) this.#depth--;
    return left;
  }

  end(): void {
    const token = this.#peek();
    if (token.kind !== "end") throw notAPath(this.#text, token.at);
  }

  #unary(): PathNode {
    if (this.#take("-")) return { kind: "negative", of: this.#unary() };
    if (this.#take("+")) return this.#unary();
    let node = this.#term();
    for (;;) {
      if (this.#take(".")) node = this.#step(node);
      else if (this.#take("[")) {
        node = { kind: "index", of: node, index: this.expression(0) };
        this.#expect("]");
      } else return node;
    }
  }

  #term(): PathNode {
    const token = this.#peek();
    switch (token.kind) {
      case "string":
      case "time":
        this.#next++;
        return { kind: "literal", value: token.text };
      case "number":
        this.#next++;
        return { kind: "literal", value: Number(token.text) };
      case "variable":
        this.#next++;
        return { kind: "variable", name: token.text };
      case "name":
        if (token.text === "true" || token.text === "false") {
          this.#next++;
          return { kind: "literal", value: token.text === "true" };
        }
        return this.#step({ kind: "this" });
      default:
        return this.#symbol(token);
    }
  }

  #symbol(token: Token): PathNode {
    if (this.#take("$this")) return { kind: "this" };
    if (this.#take("{")) {
      this.#expect("}");
      return { kind: "empty" };
    }
    if (this.#take("(")) {
      const inner = this.expression(0);
      this.#expect(")");
      return inner;
    }
    throw notAPath(this.#text, token.at);
  }

  /** A member or a function of what stands before it. */
  #step(of: PathNode): PathNode {
    const token = this.#peek();
    if (token.kind !== "name") throw notAPath(this.#text, token.at);
    this.#next++;
    if (!this.#take("(")) return { kind: "member", of, name: token.text };
    const parameters: PathNode[] = [];
    if (!this.#take(")")) {
      do parameters.push(this.expression(0));
      while (this.#take(","));
      this.#expect(")");
    }
    return { kind: "call", of, name: token.text, arguments: parameters };
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: "end", text: "", at: this.#text.length };
  }

  #take(symbol: string): boolean {
    const { kind, text } = this.#peek();
    if (kind !== "symbol" || text !== symbol) return false;
    this.#next++;
    return true;
  }

  #expect(symbol: string): void {
    if (!this.#take(symbol)) throw notAPath(this.#text, this.#peek().at);
  }
}

function notAPath(text: string, at: number): SatchelError {
  return new SatchelError(
    "USAGE",
    `This is no FHIRPath expression that can be read, from character ${at + 1} on: ${text}`,
    "Correct the expression.",
  );
}

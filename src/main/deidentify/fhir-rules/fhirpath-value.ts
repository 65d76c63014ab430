import { createRequire } from "node:module";
import type { compile as Compile, Model } from "fhirpath";
import { SatchelError } from "../../../contract/errors.ts";
import type { Json } from "../../fhir/json.ts";
import type { Collection } from "../../fhir/path/item.ts";
import type { TypedNode } from "./node.ts";
import { RuleFailure } from "./refusals.ts";

type Library = { compile: typeof Compile; model: Model };
type Evaluator = (value: Json) => unknown;

/** A job that goes on on another day would make other bytes. */
const OF_THE_CLOCK = /\b(?:now|today|timeOfDay)\s*\(/;
/** What is asked once, so that a function that there is not is found before anything is read. */
const PROBE = "2000-01-01";

let library: Library | undefined;

/** Two and a half megabytes of code and tables: loaded where rules need them. */
function load(): Library {
  if (library === undefined) {
    const require = createRequire(import.meta.url);
    try {
      const { compile } = require("fhirpath") as { compile: typeof Compile };
      library = { compile, model: require("fhirpath/fhir-context/r4/index.js") as Model };
    } catch (cause) {
      // Built programs do not carry it yet: nothing is guessed then.
      throw new SatchelError(
        "USAGE",
        "This build of Satchel does not follow such an expression.",
        "Write it in simpler terms, or run Satchel from a clone.",
        { cause },
      );
    }
  }
  return library;
}

/**
 * An expression on a primitive, by fhirpath.js: for what our own engine does not serve, as arithmetic of dates. It gives values and not nodes, so that
 * the paths of rules cannot run on it.
 *
 * @throws USAGE where it cannot be read, or has a function that there is not, or asks for the time
 */
export function compileByLibrary(text: string): (focus: TypedNode) => Collection {
  if (OF_THE_CLOCK.test(text))
    throw new SatchelError("USAGE", "What depends on the time of day is not served.", "Write the date itself.");
  const evaluators = new Map<string, Evaluator>();
  const evaluatorOf = (type: string): Evaluator => {
    let found = evaluators.get(type);
    if (found === undefined) {
      const { compile, model } = load();
      evaluators.set(type, (found = compile({ base: type, expression: text }, model) as Evaluator));
    }
    return found;
  };
  probe(() => evaluatorOf("date")(PROBE));
  return (focus) => {
    try {
      const values = evaluatorOf(focus.type)(focus.value);
      return Array.isArray(values) ? (values as Json[]) : [];
    } catch {
      // The library's message may quote the value.
      throw new RuleFailure("a case cannot be evaluated");
    }
  };
}

/** The library throws texts where a value does not go with the expression, which says nothing against it, and errors where the expression is wrong. */
function probe(work: () => unknown): void {
  try {
    work();
  } catch (cause) {
    if (cause instanceof Error)
      throw new SatchelError("USAGE", "The expression has something that is not served.", "Correct it.", { cause });
  }
}

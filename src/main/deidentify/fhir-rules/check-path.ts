import { SatchelError } from "../../../contract/errors.ts";
import { parsePath, type PathNode } from "../../fhir/path/parse-path.ts";
import { allTypes } from "../fhir/element-tables.ts";
import { namesOf, shapesOf } from "./shapes.ts";

/** Of any resource, so that the types of what follows cannot be known. */
const ANY: ReadonlySet<string> = new Set(["Resource", "DomainResource"]);
/** Misprints of the sample that Microsoft and MIRACUM hand out: in their tools, too, these rules find nothing. */
const OF_THE_SAMPLES: ReadonlySet<string> = new Set(["HealthcareService.notAvaliable"]);
const PRIMITIVES: ReadonlySet<string> = new Set(
  (
    "base64Binary boolean canonical code date dateTime decimal id instant integer integer64 markdown oid positiveInt string time " +
    "unsignedInt uri url uuid xhtml"
  ).split(" "),
);

/** Types that an expression may give: undefined where that is not known. */
type Types = readonly string[] | undefined;

/**
 * Looks for names that FHIR does not have: a rule for "Observation.valueString" (FHIRPath calls it "value") would find nothing, and what its
 * author believes to be gone would stay.
 *
 * @throws USAGE that names it
 */
export function checkPath(path: string): void {
  typesOf(parsePath(path), []);
}

/** @param focus types of what the expression is asked of */
function typesOf(node: PathNode, focus: Types): Types {
  switch (node.kind) {
    case "member":
      return typesOfMember(node, focus);
    case "index":
      return typesOf(node.of, focus);
    case "call":
      return typesOfCall(node, focus);
    case "this":
      return focus;
    case "operator":
      typesOf(node.left, focus);
      typesOf(node.right, focus);
      return undefined;
    default:
      return undefined;
  }
}

function typesOfMember({ of, name }: PathNode & { kind: "member" }, focus: Types): Types {
  if (of.kind === "this" && /^[A-Z]/.test(name)) {
    if (ANY.has(name)) return undefined;
    if (!shapesOf(name).has("implicitRules")) throw unknown(`there is no resource type ${name}`);
    return [name];
  }
  const before = typesOf(of, focus);
  if (before === undefined || before.length === 0) return undefined;
  const within = before.filter((type) => namesOf(type).has(name));
  if (within.length === 0) {
    if (before.some((type) => OF_THE_SAMPLES.has(`${type}.${name}`))) return undefined;
    throw unknown(`${before.join(" or ")} has no element ${name}${hintOf(before, name)}`);
  }
  const types = within.flatMap((type) =>
    [...shapesOf(type).values()].filter((shape) => shape.name === name).flatMap(({ datatypes }) => datatypes),
  );
  return types.some((type) => ANY.has(type)) ? undefined : types;
}

function hintOf(types: readonly string[], name: string): string {
  const choice = types.map((type) => shapesOf(type).get(name)).find((shape) => shape !== undefined);
  return choice === undefined ? "" : `; FHIRPath calls it ${choice.name}`;
}

function typesOfCall({ of, name, arguments: parameters }: PathNode & { kind: "call" }, focus: Types): Types {
  const [first] = parameters;
  const before = typesOf(of, focus);
  switch (name) {
    case "nodesByType": {
      const type = first?.kind === "literal" ? String(first.value) : "";
      if (!PRIMITIVES.has(type) && type !== "BackboneElement" && !allTypes().includes(type))
        throw unknown(`there is no type ${type}`);
      return PRIMITIVES.has(type) || type === "BackboneElement" ? undefined : [type];
    }
    case "ofType":
    case "as": {
      const type = first?.kind === "member" ? first.name : "";
      return shapesOf(type).size > 0 ? [type] : undefined;
    }
    case "is":
      return undefined;
    case "where":
    case "exists":
    case "all":
      for (const parameter of parameters) typesOf(parameter, before);
      return name === "where" ? before : undefined;
    case "first":
    case "last":
    case "tail":
    case "skip":
    case "take":
    case "single":
      return before;
    default:
      return undefined;
  }
}

function unknown(why: string): SatchelError {
  return new SatchelError("USAGE", `${why}.`, "Correct the path.");
}

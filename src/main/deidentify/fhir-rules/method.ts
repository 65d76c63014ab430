import type { ElementTreatment } from "../../../contract/fhir.ts";
import type { ResourceContext } from "../fhir/resource-policy.ts";
import type { TypedNode } from "./node.ts";

/** What was done, as the security labels of a resource tell it. */
export type Operation =
  | "redact"
  | "abstract"
  | "cryptoHash"
  | "encrypt"
  | "perturb"
  | "substitute"
  | "generalize"
  | "pseudonymize";

/** What a method knows of the resource and of the rules that went before. */
export interface Around {
  /** Nodes that a rule has been followed on: no later one touches them. */
  visited: Set<TypedNode>;
  /** @param treatment what a receipt counts; undefined where the value is as it was */
  record: (operation: Operation, treatment: ElementTreatment | undefined) => void;
  /** Of the export. */
  context: Pick<ResourceContext, "issuer" | "identityOf">;
  /** "Patient/p1", as it came: what chance is drawn for. */
  origin: string;
}

/** What a rule does to one node; the engine goes on to what is below it. */
export type Method = (node: TypedNode, around: Around) => void;

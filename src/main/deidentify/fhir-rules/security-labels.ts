import { buildReplacement } from "./build-nodes.ts";
import type { Operation } from "./method.ts";
import { TypedNode, type NodePlace } from "./node.ts";
import { shapesOf } from "./shapes.ts";

const SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

/** What `meta.security` says was done (SecurityLabels of both tools), in the order in which they say it. "CRYTOHASH" is how HL7 spells its code. */
const LABELS: readonly (readonly [Operation, { system?: string; code: string; display: string }])[] = [
  ["redact", { system: SYSTEM, code: "REDACTED", display: "redacted" }],
  ["abstract", { system: SYSTEM, code: "ABSTRED", display: "abstracted" }],
  ["cryptoHash", { system: SYSTEM, code: "CRYTOHASH", display: "cryptographic hash function" }],
  ["encrypt", { system: SYSTEM, code: "MASKED", display: "masked" }],
  ["perturb", { code: "PERTURBED", display: "exact value is replaced with another exact value" }],
  ["substitute", { code: "SUBSTITUTED", display: "exact value is replaced with a predefined value" }],
  ["generalize", { code: "GENERALIZED", display: "exact value is replaced with a general value" }],
  ["pseudonymize", { system: SYSTEM, code: "PSEUDED", display: "pseudonymized" }],
];

/** Says in `meta.security` of a resource what was done to it and to what is in it. */
export function addSecurityLabels(resource: TypedNode, operations: ReadonlySet<Operation>): void {
  const labels = LABELS.filter(([operation]) => operations.has(operation));
  if (labels.length === 0) return;
  let meta = resource.named("meta")[0];
  if (meta === undefined) {
    meta = new TypedNode(placeOf(resource.shape, "meta", false), "Meta", false, null);
    resource.add(meta);
  }
  const there = new Set(
    meta.named("security").flatMap((one) => one.named("code").map(({ text }) => text.toUpperCase())),
  );
  for (const [, label] of labels) {
    if (there.has(label.code)) continue;
    meta.add(buildReplacement(label, placeOf("Meta", "security", true), "Coding"));
  }
}

function placeOf(type: string, key: string, isList: boolean): NodePlace {
  return { name: key, key, order: shapesOf(type).get(key)?.order ?? 0, isList };
}

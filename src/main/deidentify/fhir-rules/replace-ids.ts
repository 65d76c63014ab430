import { createKeyedHash } from "../hmac.ts";
import type { Pseudonyms } from "../pseudonym.ts";
import type { Around, Method } from "./method.ts";
import type { TypedNode } from "./node.ts";
import { namesResource, splitReference, typeOfPrefix, type SplitReference } from "./reference-ids.ts";
import type { Dialect } from "./rules.ts";

/**
 * HMAC-SHA-256 in hexadecimal digits; of references the id alone, so that links hold where ids are hashed too.
 *
 * @param length of what stays of the digest; undefined for all of it
 */
export function createCryptoHash(key: string, length: number | undefined, dialect: Dialect): Method {
  const keyedHash = createKeyedHash(Buffer.from(key));
  const digest = (text: string): string => (text === "" ? "" : keyedHash(text).slice(0, length));
  return (node, { record }) => {
    if (node.text === "") return;
    const { prefix, id, suffix } = partsOf(node, dialect);
    node.value = prefix + digest(id) + suffix;
    record("cryptoHash", "hashed");
  };
}

/**
 * Pseudonyms of the project key in place of those of a pseudonym service: a patient's is that of notes and images, anything else's is made
 * of its id and the domain that the rule names, or the type.
 */
export function createPseudonymize(domain: string, pseudonyms: Pseudonyms): Method {
  return (node, around) => {
    if (node.text === "") return;
    const { prefix, id, suffix } = partsOf(node, "miracum");
    const type = prefix === "" ? typeOfOwner(node) : typeOfPrefix(prefix);
    node.value = prefix + pseudonymOf(id, type, domain, around, pseudonyms) + suffix;
    around.record("pseudonymize", "pseudonymised");
  };
}

function pseudonymOf(id: string, type: string, domain: string, { context }: Around, pseudonyms: Pseudonyms): string {
  if (type === "Patient") return pseudonyms.patient(context.identityOf(id)).uuid;
  return pseudonyms.resource(domain === "" ? type : domain, { issuer: context.issuer, id });
}

/** Of a resource's own id, the resource's type. */
function typeOfOwner({ name, parent }: TypedNode): string {
  return name === "id" && parent?.isResource === true ? parent.type : "";
}

function partsOf(node: TypedNode, dialect: Dialect): SplitReference {
  const { text } = node;
  const isReference =
    (node.name === "reference" && node.parent?.type === "Reference") ||
    (dialect === "miracum" && node.type === "uri" && namesResource(text));
  return isReference ? splitReference(text, dialect) : { prefix: "", id: text, suffix: "" };
}

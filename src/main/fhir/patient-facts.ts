import { isJsonObject, type Json, type JsonObject } from "./json.ts";
import { listOf, objectsOf, textOf } from "./values-at.ts";

/** What a Patient, or another person or place, is known by. Values as they stand, each once. */
export interface PersonFacts {
  /** Whole names first, then their parts. */
  names: string[];
  /** Of Identifier; `system` may be "". */
  identifiers: { system: string; value: string }[];
  /** Of ContactPoint, whatever its system: e-mail addresses too. */
  phones: string[];
  /** Whole addresses and the lines, cities and districts of them. */
  addresses: string[];
  /** As it stands; "" where unknown. */
  birthDate: string;
}

/** Of Patient, RelatedPerson, Practitioner, Person, Organization or Location; contacts and links of a Patient with it. */
export function personFacts(resource: JsonObject): PersonFacts {
  const names = new Set<string>();
  const phones = new Set<string>();
  const addresses = new Set<string>();
  for (const person of [resource, ...objectsOf(resource["contact"])]) {
    for (const name of listOf(person["name"])) for (const one of namesOf(name)) names.add(one);
    for (const alias of listOf(person["alias"])) if (textOf(alias).trim() !== "") names.add(textOf(alias).trim());
    for (const { value } of objectsOf(person["telecom"]))
      if (textOf(value).trim() !== "") phones.add(textOf(value).trim());
    for (const address of objectsOf(person["address"])) for (const one of addressOf(address)) addresses.add(one);
  }
  const identifiers = objectsOf(resource["identifier"])
    .map(({ system, value }) => ({
      system: textOf(system),
      value: typeof value === "number" ? String(value) : textOf(value),
    }))
    .filter(({ value }) => value.trim() !== "");
  return {
    names: [...names],
    identifiers,
    phones: [...phones],
    addresses: [...addresses],
    birthDate: textOf(resource["birthDate"]),
  };
}

/** For lists: the official name, else the first. "" where there is none. */
export function displayName(resource: JsonObject): string {
  const names = listOf(resource["name"]);
  const named = names.find((name) => isJsonObject(name) && name["use"] === "official") ?? names[0];
  return named === undefined ? "" : (namesOf(named)[0] ?? "");
}

/** HumanName, or the text that Organization and Location have in its place. */
function namesOf(name: Json): string[] {
  if (typeof name === "string") return name.trim() === "" ? [] : [name.trim()];
  if (!isJsonObject(name)) return [];
  const given = listOf(name["given"]).map(textOf);
  const parts = [...given, textOf(name["family"])].map((part) => part.trim()).filter((part) => part !== "");
  const text = textOf(name["text"]).trim();
  return [...new Set([text, parts.join(" "), ...parts].filter((part) => part !== ""))];
}

function addressOf(address: JsonObject): string[] {
  const parts = [...listOf(address["line"]), address["city"], address["district"], address["postalCode"]]
    .map((part) => textOf(part).trim())
    .filter((part) => part !== "");
  const text = textOf(address["text"]).trim();
  return [...new Set([text, ...parts].filter((part) => part !== ""))];
}

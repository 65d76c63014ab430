import { isJsonObject, type JsonObject } from "./json.ts";
import { patientIdOf } from "./patient-reference.ts";
import { objectsOf, textOf } from "./values-at.ts";

/** Who is in a Group of persons: what export calls a study. */
export interface GroupMembers {
  name: string;
  /** Who manages it, by id or name; "" where nobody is said to. */
  organization: string;
  /** Logical ids. */
  patients: string[];
  /** "system|code" of the kinds of data that it asks for. */
  scopes: string[];
}

/** Of a Group (R4 or R5) of people; undefined of one of animals or things, and of a mere definition. */
export function groupMembers(group: JsonObject): GroupMembers | undefined {
  const type = textOf(group["type"]);
  if (type !== "" && type !== "person") return undefined;
  if (group["actual"] === false || group["membership"] === "definitional" || group["membership"] === "conceptual")
    return undefined;
  const manager = isJsonObject(group["managingEntity"]) ? group["managingEntity"] : {};
  return {
    name: textOf(group["name"]),
    organization: textOf(manager["display"]) || (textOf(manager["reference"]).split("/").at(-1) ?? ""),
    patients: [
      ...new Set(
        objectsOf(group["member"])
          .filter(({ inactive }) => inactive !== true)
          .map(({ entity }) => patientIdOf(entity))
          .filter((id) => id !== ""),
      ),
    ],
    scopes: [],
  };
}

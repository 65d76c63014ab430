import { isJsonObject, type Json, type JsonObject } from "../../fhir/json.ts";
import { refuseRules } from "./refusals.ts";

/**
 * The settings of a rule or the parameters of all, taken out one by one. What is left at the end is unknown, and refused: a misspelt setting
 * that is passed over would keep what its author believes to be gone.
 */
export class Settings {
  readonly #document: string;
  readonly #where: string;
  readonly #values: Map<string, Json>;

  /** @param document name of the rules @param where "rule 3 (Patient.name)" */
  constructor(document: string, where: string, values: JsonObject) {
    this.#document = document;
    this.#where = where;
    this.#values = new Map(Object.entries(values));
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  value(name: string): Json | undefined {
    const value = this.#values.get(name);
    this.#values.delete(name);
    return value;
  }

  /** "" where it is left out or empty. */
  text(name: string): string {
    const value = this.value(name);
    if (value === undefined || value === null) return "";
    if (typeof value !== "string") throw this.refuse(`${name} is no text`, "Put it in quotes.");
    return value;
  }

  flag(name: string): boolean {
    const value = this.value(name);
    if (value === undefined || value === null) return false;
    if (value === true || value === "true") return true;
    if (value === false || value === "false") return false;
    throw this.refuse(`${name} is neither true nor false`, "Correct it.");
  }

  number(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined || value === null || value === "") return undefined;
    const number = typeof value === "string" ? Number(value) : value;
    if (typeof number !== "number" || !Number.isFinite(number))
      throw this.refuse(`${name} is no number`, "Correct it.");
    return number;
  }

  /** @returns undefined where it is left out */
  whole(name: string, least: number, most: number): number | undefined {
    const number = this.number(name);
    if (number === undefined) return undefined;
    if (!Number.isInteger(number) || number < least || number > most)
      throw this.refuse(`${name} is no whole number from ${least} to ${most}`, "Correct it.");
    return number;
  }

  /** Capitals do not matter, as they do not to Microsoft's tool. The first choice is that of a setting left out. */
  choice<Choice extends string>(name: string, choices: readonly [Choice, ...Choice[]]): Choice {
    const text = this.text(name).toLowerCase();
    if (text === "") return choices[0];
    const found = choices.find((choice) => choice.toLowerCase() === text);
    if (found === undefined)
      throw this.refuse(`${name} is unknown; there are ${choices.join(", ")}`, "Choose one of these.");
    return found;
  }

  texts(name: string): string[] {
    const value = this.value(name);
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value) || !value.every((one) => typeof one === "string"))
      throw this.refuse(`${name} is no list of texts`, "Put each in quotes.");
    return value;
  }

  object(name: string): JsonObject {
    const value = this.value(name);
    if (isJsonObject(value)) return value;
    throw this.refuse(`${name} is missing or no object`, "Give it.");
  }

  end(): void {
    const [unknown] = this.#values.keys();
    if (unknown !== undefined) throw this.refuse(`nothing is known of the setting ${unknown}`, "Correct or remove it.");
  }

  refuse(why: string, next: string, cause?: unknown): Error {
    return refuseRules(this.#document, `of ${this.#where}, ${why}.`, next, cause);
  }
}

import { issuerOfSource } from "../../contract/records.ts";
import type { Catalog } from "../catalog/database.ts";
import { recordsConfigOf } from "../catalog/record-patients.ts";
import { listSources } from "../catalog/sources.ts";
import { sourceKind } from "../sources/registry.ts";

type Config = Record<string, unknown>;

/**
 * The configuration of a source that is added. Where neither a person nor the mapping says who gave out the patient ids, it is the source:
 * two systems count their patients from 1, and one pseudonym for two of them would be a lie that nobody asked for.
 */
export function withOwnIssuer(catalog: Catalog, kind: string, name: string, config: Config): Config {
  if (sourceKind(kind).holds === "images" || config["issuer"] !== undefined) return config;
  const taken = new Set(listSources(catalog).map((source) => recordsConfigOf(JSON.stringify(source.config)).issuer));
  // A source that was renamed kept its issuer.
  let issuer = issuerOfSource(name);
  for (let number = 2; taken.has(issuer); number++) issuer = issuerOfSource(`${name} ${number}`);
  return { ...config, issuer };
}

/** The configuration of a source that is edited: who gave out the ids stays where nobody says otherwise, and with it all pseudonyms. */
export function withIssuerKept(kind: string, before: unknown, config: Config): Config {
  if (sourceKind(kind).holds === "images" || config["issuer"] !== undefined) return config;
  return { ...config, issuer: recordsConfigOf(JSON.stringify(before)).issuer };
}

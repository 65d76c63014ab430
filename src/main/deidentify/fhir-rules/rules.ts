/**
 * Whose rules they are. The form of the document tells: Microsoft's tool reads JSON, MIRACUM's pseudonymizer YAML. They differ in how
 * encrypted text is written, in which references are hashed by their id alone, and in the methods that only MIRACUM has.
 */
export type Dialect = "microsoft" | "miracum";

/** Rules of Microsoft's Tools for Health Data Anonymization or of the MIRACUM pseudonymizer, read and checked. */
export interface Rules {
  dialect: Dialect;
  /** What becomes of a resource on which a rule fails: the export ends, or nothing of the resource leaves. */
  processingErrors: "raise" | "skip";
  rules: readonly Rule[];
  parameters: RuleParameters;
}

export interface RulePath {
  /** Counted from 1, as people do. */
  number: number;
  /** As it was written: "Patient.nodesByType('HumanName').use". */
  path: string;
}

export type Rule = RulePath & RuleMethod;

export type RuleMethod =
  | { method: "keep" | "redact" | "encrypt" | "remove" }
  | { method: "dateShift"; fixedOffsetInDays: number | undefined }
  /** `length`: of the digest, in hexadecimal digits. */
  | { method: "cryptoHash"; length: number | undefined }
  | { method: "pseudonymize"; domain: string }
  | { method: "perturb"; span: number; rangeType: "fixed" | "proportional"; roundTo: number }
  /** Text of a primitive, or JSON of anything else; undefined empties. */
  | { method: "substitute"; replaceWith: string | undefined }
  /** Conditions and values as FHIRPath, in their order. */
  | { method: "generalize"; cases: readonly (readonly [string, string])[]; otherValues: "redact" | "keep" };

export interface RuleParameters {
  /** Keys are secrets. "" where the document leaves them open. */
  dateShiftKey: string;
  cryptoHashKey: string;
  encryptKey: string;
  dateShiftScope: "resource" | "file" | "folder";
  dateShiftFixedOffsetInDays: number | undefined;
  /** MIRACUM: keys are derived from those given, by HKDF. */
  keyDerivationContext: string;
  enablePartialAgesForRedact: boolean;
  enablePartialDatesForRedact: boolean;
  enablePartialZipCodesForRedact: boolean;
  restrictedZipCodeTabulationAreas: readonly string[];
}

import type { ScrubKind } from "../../../contract/calls/records.ts";

/** Numbers that tell by their form what they are, the most telling first. All bounded, all from a given place. */
export const NUMBER_FORMS: readonly { form: RegExp; kind: ScrubKind }[] = [
  { form: /\d{2}\.\d{3}\.\d{3}\/\d{4}-?\d{2}(?!\d)/y, kind: "identifier" },
  { form: /\d{3}[. ]\d{3}[. ]\d{3}[-–. /]\s?\d{2}(?![\d])/y, kind: "identifier" },
  { form: /\d{9}-\d{2}(?!\d)/y, kind: "identifier" },
  { form: /\d{3}[ .]\d{4}[ .]\d{4}[ .]\d{4}(?!\d)/y, kind: "identifier" },
  { form: /\d{1,2}\.\d{3}\.\d{3}-[\dXx](?![\p{L}\d])/uy, kind: "identifier" },
  { form: /\d{3}-\d{2}-\d{4}(?!\d)/y, kind: "identifier" },
  { form: /\d{7,8}-?[A-Z](?![\p{L}\d])/uy, kind: "identifier" },
  { form: /\d{2}[ /-]\d{8}[ /-]\d{2}(?!\d)/y, kind: "identifier" },
  { form: /[0-2](?:\.(?:0|[1-9]\d{0,38})){5,}(?!\d)/y, kind: "identifier" },
  { form: /(?:\d{5}|\d{2}\.\d{3})-\d{3}(?!\d)/y, kind: "address" },
  { form: /0[38]00[\s.-]?\d{3}[\s.-]?\d{3,4}(?!\d)/y, kind: "phone" },
  { form: /0?\d{2}\)?[\s.-]{0,2}9?[\s.-]?\d{4}[\s.-]\d{4}(?!\d)/y, kind: "phone" },
  { form: /0?\d{2}[)\s.-]{1,3}9?\d{8}(?!\d)/y, kind: "phone" },
  { form: /0?\d{2}\)[\s.-]{0,2}(?:\d{4,5}[\s.-]?\d{4,5}|9[\s.-]\d{4}[\s.-]?\d{4})(?!\d)/y, kind: "phone" },
  { form: /9[\s.-]?\d{4}[\s.-]\d{4}(?!\d)/y, kind: "phone" },
  { form: /(?!(?:19|20)\d{2}-(?:19|20)\d{2}(?!\d))\d{4}-\d{4}(?!\d)/y, kind: "phone" },
  { form: /(?:1[\s.-])?\d{3}\)?[\s.-]{1,2}\d{3}[\s.-]\d{4}(?!\d)/y, kind: "phone" },
  { form: /\d{3}-\d{4}(?!\d)/y, kind: "phone" },
  { form: /0\d{3,4}[\s-]\d{3}[\s-]?\d{3,4}(?!\d)/y, kind: "phone" },
  { form: /0[38]00[\s.-]?\d{4}[\s.-]?\d{3}(?!\d)/y, kind: "phone" },
  { form: /\d{3}\/\d{3}-\d{4}(?!\d)/y, kind: "phone" },
  { form: /[6-9]\d{2}[\s.-]\d{3}[\s.-]\d{3}(?!\d)/y, kind: "phone" },
  { form: /[6-9]\d{2}(?:[\s.-]\d{2}){3}(?!\d)/y, kind: "phone" },
  { form: /9\d[\s.-]\d{3}[\s.-]\d{2}[\s.-]\d{2}(?!\d)/y, kind: "phone" },
];

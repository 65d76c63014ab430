import { ADMINISTRATION } from "./administration.ts";
import { CLINICAL } from "./clinical.ts";
import { DIAGNOSTICS } from "./diagnostics.ts";
import { PEOPLE_AND_PLACES } from "./people-and-places.ts";
import { TREATMENT } from "./treatment.ts";

/**
 * By type of resource, the elements that may pass; how each is treated is its datatype's matter (datatypes.ts) or its own
 * (element-rules.ts). What stands nowhere here is left out, and a resource of any other type is held back. Names are those of R4 and R5.
 */
export const ALLOWED_ELEMENTS: Readonly<Record<string, string>> = {
  ...PEOPLE_AND_PLACES,
  ...CLINICAL,
  ...DIAGNOSTICS,
  ...TREATMENT,
  ...ADMINISTRATION,
  Binary: "contentType data",
};

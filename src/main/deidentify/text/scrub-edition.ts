import { hash } from "node:crypto";
import common from "../../../../resources/text/common-words.json" with { type: "json" };
import eponyms from "../../../../resources/text/eponyms.json" with { type: "json" };
import names from "../../../../resources/text/names.json" with { type: "json" };
import { SOFTWARE_VERSION } from "../software.ts";
import { CONTEXT_WORDS } from "./context-words.ts";

/** Of the rules in this room: raised where what they find changes in a way that whoever compares packages should know. */
const EDITION = "3";

/** By what text is scrubbed, for receipts. The rules themselves are those of the software's version. */
export const SCRUB_EDITION: { readonly edition: string; readonly digest: string } = {
  edition: EDITION,
  digest: hash("sha256", JSON.stringify([EDITION, SOFTWARE_VERSION, common, eponyms, names, CONTEXT_WORDS]), "hex"),
};

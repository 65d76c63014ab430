import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PRODUCT_FOLDER } from "./places.ts";

const { version } = JSON.parse(readFileSync(join(PRODUCT_FOLDER, "package.json"), "utf8")) as { version: string };

/** As package.json has it. */
export const SOFTWARE_VERSION = version;

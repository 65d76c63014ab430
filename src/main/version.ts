import { createRequire } from "node:module";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };

/** As package.json has it. */
export const SOFTWARE_VERSION = version;

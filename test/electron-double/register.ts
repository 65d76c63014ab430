// `node --import register.ts out/main/index.js`: `electron` means the double here.
import { registerHooks } from "node:module";

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "electron"
      ? { url: new URL("./electron.ts", import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

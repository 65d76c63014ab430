import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import { copyFileSync, globSync } from "node:fs";
import { join } from "node:path";

/** Worker threads keep their path below src/main: places.ts looks for them there. */
const workers = Object.fromEntries(
  globSync("src/main/**/worker.ts").map((file) => [
    file
      .replaceAll("\\", "/")
      .replace(/^src\/main\//, "")
      .replace(/\.ts$/, ""),
    file,
  ]),
);

/** What the page and the main process both leave out: maps hold paths of the machine that built them. */
const common = { emptyOutDir: true, sourcemap: false, reportCompressedSize: false } as const;

export default defineConfig({
  main: {
    plugins: [
      {
        name: "codecs-beside-the-entries",
        writeBundle: ({ dir = "out/main" }) =>
          copyFileSync(
            "node_modules/dcmjs-codecs/build/dcmjs-native-codecs.wasm",
            join(dir, "dcmjs-native-codecs.wasm"),
          ),
      },
    ],
    build: {
      ...common,
      externalizeDeps: false,
      minify: false,
      target: "node24",
      rolldownOptions: {
        external: ["electron", "better-sqlite3"],
        input: { index: "src/main/index.ts", cli: "src/main/shells/cli/index.ts", ...workers },
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      ...common,
      externalizeDeps: false,
      minify: false,
      rolldownOptions: {
        external: ["electron"],
        input: { index: "src/preload/index.ts" },
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: "src/renderer",
    plugins: [react()],
    build: {
      ...common,
      rolldownOptions: { input: "src/renderer/index.html" },
      minify: true,
      // One page on this machine, read from disk at once: nothing is gained by parting it.
      chunkSizeWarningLimit: 2000,
      assetsInlineLimit: 0,
      target: "chrome120",
    },
  },
});

import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

/** The window's page alone for now; see README for the shells. */
export default defineConfig({
  renderer: {
    root: "src/renderer",
    plugins: [react()],
    build: {
      outDir: "out/renderer",
      emptyOutDir: true,
      rolldownOptions: { input: "src/renderer/index.html" },
      minify: true,
      assetsInlineLimit: 0,
      target: "chrome120",
    },
  },
});

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: [],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Real servers and worker threads: processes keep one test file's native modules from another's.
    pool: "forks",
    maxWorkers: 2,
  },
});

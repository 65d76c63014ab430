import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: [],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What comes about in its own time is waited for as long as a test may take; the default, a second, is a claim about speed.
    expect: { poll: { timeout: 50_000 } },
    // Real servers and worker threads: processes keep one test file's native modules from another's.
    pool: "forks",
    maxWorkers: 2,
  },
});

import { defineConfig } from "vitest/config";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
  test: {
    globalSetup: ["src/catalog/corpus-catalog.setup.testing.ts"],
    include: ["{src,bench,scripts,bin,content}/**/*.test.{ts,tsx}"],
    // Each process is kept busy by itself; one core less would leave half of a small machine idle.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

import { defineConfig } from "vitest/config";

// How long anything may take; a loaded machine of two cores stays far below it.
const deadline = 120_000;

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    testTimeout: deadline,
    hookTimeout: deadline,
    expect: { poll: { timeout: deadline } },
    // Each file starts daemons of its own: one after another leaves the machine its breath.
    fileParallelism: false,
  },
});

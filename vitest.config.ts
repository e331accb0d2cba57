import { defineConfig } from 'vitest/config'

// Pure tests take milliseconds; server tests start a database per file. Two files at a time fit a small machine.
export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Generous: a machine that is busy with other things must not fail a test that is right.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
})

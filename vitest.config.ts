import { defineConfig } from 'vitest/config'

// Pure tests take milliseconds; server tests start a database per file. Two files at a time fit a small machine.
export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})

// npm run check: types in each world, lint with arrows and format, OpenAPI, dead code. Runs all, then fails if any failed.
import { run } from './run-command.mjs'

const CHECKS = [
  ['types: model and contract', 'tsc -p tsconfig.pure.json'],
  ['types: server', 'tsc -p tsconfig.node.json'],
  ['types: web and editor', 'tsc -p tsconfig.dom.json'],
  ['lint, arrows, format', 'biome check . --error-on-warnings'],
  ['OpenAPI is up to date', 'node scripts/openapi.ts --check'],
  ['nothing is dead', 'knip'],
]

const failed = []
for (const [title, command] of CHECKS) {
  const code = await run(command)
  process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'}  ${title}\n`)
  if (code !== 0) failed.push(title)
}
process.exit(failed.length === 0 ? 0 : 1)

// npm test: every test on this machine with the embedded database, then the browser stories. Ends with one line
// `N passed, N failed`. With --postgres: the server suite on the PostgreSQL server of DATABASE_URL. With --kills: only the test that
// kills the server under people who draw, a hundred times on the embedded database and, with DATABASE_URL, on PostgreSQL.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { buildIfStale } from './build.mjs'
import { findChromium } from './chromium.mjs'
import { run } from './run-command.mjs'

const onServer = process.argv.includes('--postgres')
const folder = await mkdtemp(join(tmpdir(), 'pixlhub-results-'))
const total = { passed: 0, failed: 0, skipped: 0 }
/** What failed, said again at the end: a long log is read from there. */
const failures = []
let ok = true

if (process.argv.includes('--kills')) {
  const PIXLHUB_KILLS = process.env.PIXLHUB_KILLS ?? '100'
  const { DATABASE_URL } = process.env
  for (const url of DATABASE_URL ? [undefined, DATABASE_URL] : [undefined])
    await vitest('src/server/tasks/killed-saves.test.ts', { PIXLHUB_KILLS, DATABASE_URL: url })
} else if (onServer) {
  if (!process.env.DATABASE_URL) {
    process.stderr.write(
      'Set DATABASE_URL to a PostgreSQL server on which the tests may create databases,\ne.g. DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres npm run test:postgres\n',
    )
    process.exit(1)
  }
  await vitest('src/server', { DATABASE_URL: process.env.DATABASE_URL })
} else {
  const chromium = await findChromium()
  await buildIfStale()
  await vitest('', { DATABASE_URL: undefined })
  await browserStories(chromium)
}
await rm(folder, { recursive: true, force: true })
for (const failure of failures) process.stdout.write(`\nFAILED ${failure}\n`)
process.stdout.write(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}\n`,
)
process.exit(ok && total.failed === 0 && total.passed > 0 ? 0 : 1)

async function vitest(where, env) {
  const file = join(folder, 'vitest.json')
  const code = await run(
    `vitest run ${where} --reporter=default --reporter=json --outputFile.json=${file}`.replace(/ +/g, ' '),
    env,
  )
  const report = await readFile(file, 'utf8').then(JSON.parse, () => null)
  for (const { name, message, status, assertionResults } of report?.testResults ?? []) {
    if (status === 'failed' && assertionResults.length === 0) failures.push(failure(name, message))
    for (const test of assertionResults)
      if (test.status === 'failed') failures.push(failure(`${name} > ${test.fullName}`, test.failureMessages[0]))
  }
  count(code, report?.numPassedTests, report?.numFailedTests, report?.numPendingTests)
}

async function browserStories(chromium) {
  const file = join(folder, 'playwright.json')
  const code = await run('playwright test --reporter=list,json', {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    CHROMIUM: chromium,
  })
  const report = await readFile(file, 'utf8').then(JSON.parse, () => null)
  const stats = report?.stats
  for (const spec of specsOf(report?.suites))
    if (!spec.ok) failures.push(failure(`${spec.file} > ${spec.title}`, spec.tests[0]?.results.at(-1)?.error?.message))
  count(code, stats && stats.expected + stats.flaky, stats?.unexpected, stats?.skipped)
}

function specsOf(suites = []) {
  return suites.flatMap((suite) => [...(suite.specs ?? []), ...specsOf(suite.suites)])
}

/** Its name, and the first lines of why, without colours and without this machine's paths. */
function failure(name, why = '') {
  const lines = stripVTControlCharacters(why)
    .split('\n')
    .filter((line) => !line.includes('/node_modules/') && !line.includes('at new Promise ('))
    .slice(0, 12)
  return [name, ...lines.map((line) => `  ${line}`)].join('\n').replaceAll(`${process.cwd()}/`, '')
}

/** A runner that fails without a failed test (it did not start, a file did not load) counts as one failure. */
function count(code, passed = 0, failed = 0, skipped = 0) {
  total.passed += passed ?? 0
  total.failed += failed ?? 0
  total.skipped += skipped ?? 0
  if (code !== 0 && !failed) total.failed += 1
  if (code !== 0) ok = false
}

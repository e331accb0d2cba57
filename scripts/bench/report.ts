// node scripts/bench/report.ts FILE… writes the tables of docs/performance.md out of what runs of the bench said, at
// several sizes and on both databases. The text around the two marks is written by people; every number between is measured.
import { readFile } from 'node:fs/promises'
import type { Line } from './measure.ts'
import { cells, ms, number } from './table.ts'
import { writeBetween } from './write-page.ts'

const MARKS = ['<!-- measured: begin -->', '<!-- measured: end -->'] as const
const TITLES = { server: 'PostgreSQL server', embedded: 'Embedded' }
type Database = keyof typeof TITLES

function measured(all: readonly Line[]): string {
  const databases = (['server', 'embedded'] as const).filter((d) => all.some((l) => l.database === d))
  return databases
    .flatMap((d) =>
      chapter(
        d,
        all.filter((l) => l.database === d),
      ),
    )
    .join('\n\n')
}

function chapter(database: Database, all: readonly Line[]): string[] {
  const sizes = [...new Set(all.map((l) => l.tasks))].sort((a, b) => a - b)
  const largest = sizes.at(-1) as number
  const shown = all.filter((l) => l.tasks === largest && l.key !== 'machine')
  const machines = [...new Set(all.filter((l) => l.key === 'machine').map((l) => l.note))]
  return [
    `## ${TITLES[database]}, ${count(largest)} tasks`,
    machines.map((m) => `Measured on ${m}.`).join('\n'),
    asTable(['work', 'clients', 'p50', 'p95', 'per second', 'floor', 'ratio', 'limit', 'held', ''], shown.map(rowOf)),
    verdict(shown),
    ...(sizes.length > 1 ? [`### How it grows`, growth(all, sizes), growthVerdict(all, sizes)] : []),
  ]
}

const rowOf = (l: Line) => cells(l).map((c, i) => (i === 8 ? c.replace('MISSED', '**no**') : c))

function verdict(shown: readonly Line[]): string {
  const judged = shown.filter((l) => l.ok !== null)
  const missed = judged.filter((l) => l.ok === false)
  const held = `${judged.length - missed.length} of ${judged.length} limits held.`
  return missed.length === 0 ? held : `${held} Not held: ${missed.map((l) => l.work).join('; ')}.`
}

/** What a line costs: its median, or its value. */
const costOf = (l: Line | undefined) => l?.p50_ms ?? l?.value ?? null

type Growth = { key: string; work: string; costs: (number | null)[]; unit: string | null }

/** Percents and sizes of files do not grow with tasks. */
const GROWS = (l: Line) => l.p50_ms !== null || l.unit === 'MB'

function growths(all: readonly Line[], sizes: readonly number[]): Growth[] {
  const largest = all.filter((l) => l.tasks === sizes.at(-1) && GROWS(l))
  return largest.map(({ key, work, unit }) => ({
    key,
    work,
    unit,
    costs: sizes.map((tasks) => costOf(all.find((l) => l.tasks === tasks && l.key === key))),
  }))
}

function growth(all: readonly Line[], sizes: readonly number[]): string {
  const rows = growths(all, sizes).map(({ work, unit, costs }) => [
    work,
    ...costs.map((c) => (c === null ? '–' : unit ? `${number(c)} ${unit}` : ms(c))),
    times(costs),
  ])
  const more = (sizes.at(-1) as number) / (sizes[0] as number)
  return asTable(
    ['work (named as at the largest size)', ...sizes.map((s) => `${count(s)} tasks`), `× ${count(more)} tasks`],
    rows,
  )
}

const factorOf = (costs: readonly (number | null)[]) => {
  const [first, last] = [costs[0], costs.at(-1)]
  return first && last ? last / first : null
}
const times = (costs: readonly (number | null)[]) => {
  const factor = factorOf(costs)
  return factor === null ? '–' : `× ${number(factor)}`
}

function growthVerdict(all: readonly Line[], sizes: readonly number[]): string {
  const more = (sizes.at(-1) as number) / (sizes[0] as number)
  const known = growths(all, sizes).filter((g) => factorOf(g.costs) !== null)
  const faster = known.filter((g) => (factorOf(g.costs) as number) > more)
  const steepest = [...known].sort((a, b) => (factorOf(b.costs) as number) - (factorOf(a.costs) as number))[0]
  const said = `With ${count(more)} times the tasks, ${known.length - faster.length} of ${known.length} works cost at most ${count(more)} times as much`
  const most = steepest ? `; the steepest is “${steepest.work}” (${times(steepest.costs)})` : ''
  return faster.length === 0
    ? `${said}${most}.`
    : `${said}; faster grow: ${faster.map((g) => `${g.work} (${times(g.costs)})`).join('; ')}.`
}

/** @param rows a row of texts for each line; the columns are padded, so that the source reads as a table too */
function asTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const safe = rows.map((r) => r.map((c) => c.replaceAll('|', '\\|')))
  const widths = titles.map((t, i) => Math.max(3, t.length, ...safe.map((r) => (r[i] ?? '').length)))
  const text = (r: readonly string[]) => `| ${widths.map((w, i) => (r[i] ?? '').padEnd(w)).join(' | ')} |`
  return [text(titles), text(widths.map((w) => '-'.repeat(w))), ...safe.map(text)].join('\n')
}

function count(n: number): string {
  return n.toLocaleString('en')
}

const files = process.argv.slice(2)
if (files.length === 0)
  throw new Error('name the JSON files of the runs: node scripts/bench/report.ts server-10k.json …')
const lines = (await Promise.all(files.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as Line[]))).flat()
await writeBetween(MARKS, measured(lines))

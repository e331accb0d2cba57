// Reading: pages, far jumps, totals, facets, names; each compared with what plain SQL says.

import { sql } from 'kysely'
import { urlOf } from '../../src/contract/client.ts'
import type { Database } from '../../src/server/db/connect.ts'
import { type Bench, shuffled } from './bench.ts'
import {
  type Combination,
  filterPairs,
  pageCombinations,
  queryOf,
  type Sample,
  samples,
  sorts,
} from './combinations.ts'
import { load, median, percentile, type Samples, timedLine } from './measure.ts'
import { facetsFloor, pageFloor, type ReadFloor, totalFloor, warmUp } from './read-floors.ts'
import type { Seeded } from './seed.ts'

type ByName<A> = Map<string, ReadFloor<A>>
export type ReadFloors = {
  pages: ByName<number[]>
  jumps: ByName<number[]>
  totals: ByName<number>
  facets: ByName<number>
  names: ByName<number[]>
  name_totals: ByName<number>
}

/** Seconds are enough to see a tail; a slow server is not asked for ever. */
const DEADLINE_MS = 60_000
const REPEATS = 40
const JUMP_REPEATS = 5

const UNFILTERED: Combination = { name: 'unfiltered', sort: null, filters: [] }
const PARTS = { rare: ['hailstorm', 'roadworks'], common: ['night', 'frame', '123'] }

function partOf(part: string): Combination {
  const filter: Sample = {
    name: `name contains ${part}`,
    condition: { field: 'name', op: 'contains', value: part },
    where: sql`t.name ilike ${`%${part}%`}`,
  }
  return { name: filter.name, sort: null, filters: [filter] }
}
const names = () => [...PARTS.rare, ...PARTS.common].map(partOf)
const jumps = (): Combination[] => sorts().map((sort) => ({ name: `sort ${sort.name}`, sort, filters: [] }))
const middleOf = (seeded: Seeded) => Math.floor(seeded.tasks / 2)
const singles = (seeded: Seeded): Combination[] =>
  samples(seeded).map((filter) => ({ name: filter.name, sort: null, filters: [filter] }))

/** @param wants which parts of the run are asked for */
export async function readFloors(db: Database, seeded: Seeded, wants: (part: string) => boolean): Promise<ReadFloors> {
  const { project_id } = seeded
  const all = async <A>(part: string, list: Combination[], floor: (c: Combination) => Promise<ReadFloor<A>>) => {
    const found: ByName<A> = new Map()
    if (wants(part)) for (const c of list) found.set(c.name, await floor(c))
    return found
  }
  await warmUp(db, project_id)
  return {
    pages: await all('pages', pageCombinations(seeded), (c) => pageFloor(db, project_id, c)),
    jumps: await all('jumps', jumps(), (c) => pageFloor(db, project_id, c, middleOf(seeded))),
    totals: await all('totals', filterPairs(seeded), (c) => totalFloor(db, project_id, c)),
    facets: await all('facets', [UNFILTERED, ...singles(seeded)], (c) => facetsFloor(db, project_id, c)),
    names: await all('names', names(), (c) => pageFloor(db, project_id, c)),
    name_totals: await all('names', names(), (c) => totalFloor(db, project_id, c)),
  }
}

/** First and next page of every combination, all mixed. */
export async function pages(bench: Bench): Promise<void> {
  const { seeded, client, read_floors } = bench
  const { project_id } = seeded
  const list = pageCombinations(seeded)
  const wrong: string[] = []
  const cursors = new Map<string, string>()
  const first = await load(1, list.length, async (_, i) => {
    const c = list[i] as Combination
    const reply = await client.list_tasks({ project_id, limit: 100, ...queryOf(c) })
    if (differs(reply.tasks, read_floors.pages.get(c.name))) wrong.push(c.name)
    if (reply.next_cursor) cursors.set(c.name, reply.next_cursor)
  })
  bench.add(
    timedLine(bench.about, {
      key: 'first_time_page',
      work: 'page of 100, asked for the first time',
      clients: 1,
      samples: first,
      floor_ms: median(times(read_floors.pages)),
      note: `${list.length} sorts and filters, once each${differences(wrong)}`,
      is_wrong: wrong.length > 0,
    }),
  )
  const path = (c: Combination, cursor?: string) =>
    urlOf('list_tasks', { project_id, limit: 100, ...queryOf(c), ...(cursor ? { cursor } : {}) })
  await mixed(bench, 'first_page', 'first page of 100', list, REPEATS, bench.clients, (c) => path(c), read_floors.pages)
  const longer = list.filter((c) => cursors.has(c.name))
  await mixed(
    bench,
    'next_page',
    'next page of 100',
    longer,
    REPEATS,
    bench.clients,
    (c) => path(c, cursors.get(c.name)),
    read_floors.pages,
  )
}

/** The middle row of every sort. */
export async function farJumps(bench: Bench): Promise<void> {
  const { seeded, client, read_floors } = bench
  const { project_id } = seeded
  const offset = middleOf(seeded)
  const wrong: string[] = []
  for (const c of jumps()) {
    const { tasks } = await client.list_tasks({ project_id, limit: 100, offset, ...queryOf(c) })
    if (differs(tasks, read_floors.jumps.get(c.name))) wrong.push(c.name)
  }
  const path = (c: Combination) => urlOf('list_tasks', { project_id, limit: 100, offset, ...queryOf(c) })
  const work = `jump to row ${offset.toLocaleString('en')}`
  await mixed(bench, 'jump', work, jumps(), JUMP_REPEATS, 1, path, read_floors.jumps, wrong)
  const found = await load(1, 20, (_, i) =>
    client.find_task_row({ project_id, name: `frame-${String(((i * 7919) % seeded.tasks) + 1).padStart(8, '0')}` }),
  )
  bench.add(timedLine(bench.about, { key: 'find_row', work: 'row number of a name', clients: 1, samples: found }))
}

/** Each pair once: what was counted before is not counted again. */
export async function totals(bench: Bench): Promise<void> {
  const { client, seeded, read_floors } = bench
  const list = filterPairs(seeded)
  await onceEach(bench, 'total', 'exact total of two filters', list, read_floors.totals, async (c, floor) => {
    const { total } = await client.count_tasks({ project_id: seeded.project_id, filter: queryOf(c).filter as string })
    return floor === null || total === floor.answer
  })
}

export async function facets(bench: Bench): Promise<void> {
  const { seeded, client, read_floors } = bench
  const { project_id } = seeded
  const whole = await load(1, 30, () => client.get_task_facets({ project_id }), DEADLINE_MS)
  bench.add(
    timedLine(bench.about, {
      key: 'facets',
      work: 'facet counts, unfiltered',
      clients: 1,
      samples: whole,
      floor_ms: read_floors.facets.get(UNFILTERED.name)?.ms,
    }),
  )
  await onceEach(
    bench,
    'filtered_facets',
    'facet counts under a filter',
    singles(seeded),
    read_floors.facets,
    async (c) => {
      await client.get_task_facets({ project_id, filter: queryOf(c).filter as string })
      return true
    },
  )
  const summary = await load(1, 10, () => client.get_task_summary({ project_id }), DEADLINE_MS)
  bench.add(timedLine(bench.about, { key: 'summary', work: 'numbers above the table', clients: 1, samples: summary }))
}

export async function nameContains(bench: Bench): Promise<void> {
  const { seeded, client, read_floors } = bench
  const { project_id } = seeded
  for (const kind of ['rare', 'common'] as const) {
    const list = PARTS[kind].map(partOf)
    const ask = async (c: Combination, floor: ReadFloor<number[]>) => {
      const { tasks } = await client.list_tasks({ project_id, limit: 100, ...queryOf(c) })
      return !differs(tasks, floor)
    }
    await onceEach(
      bench,
      `name_contains.${kind}`,
      `name contains, ${kind}: first page`,
      [...list, ...list, ...list],
      read_floors.names,
      ask,
    )
    const count = async (c: Combination, floor: ReadFloor<number>) => {
      const { total } = await client.count_tasks({ project_id, filter: queryOf(c).filter as string })
      return floor === null || total === floor.answer
    }
    await onceEach(
      bench,
      `name_contains.${kind}_total`,
      `name contains, ${kind}: exact total`,
      [...list, ...list, ...list],
      read_floors.name_totals,
      count,
    )
  }
}

/** Asks for each of a list, one after the other. @param ask whether the answer was right */
async function onceEach<A>(
  bench: Bench,
  key: string,
  work: string,
  list: readonly Combination[],
  floors: ByName<A>,
  ask: (c: Combination, floor: ReadFloor<A>) => Promise<boolean>,
): Promise<void> {
  const wrong: string[] = []
  const order = shuffled(list, 3)
  const asked: Combination[] = []
  const samples = await load(
    1,
    order.length,
    async (_, i) => {
      const c = order[i] as Combination
      asked.push(c)
      if (!(await ask(c, floors.get(c.name) ?? null))) wrong.push(c.name)
    },
    DEADLINE_MS,
  )
  const slowest = asked[samples.times.indexOf(Math.max(...samples.times))]
  const note = `${samples.times.length} asked; slowest ${Math.round(Math.max(...samples.times))} ms: ${slowest?.name}${differences(wrong)}`
  const floor_ms = floors.size > 0 ? median(times(floors)) : null
  bench.add(timedLine(bench.about, { key, work, clients: 1, samples, floor_ms, note, is_wrong: wrong.length > 0 }))
}

/** Requests of all combinations in one shuffled load; then the median and the worst combination by their p95. */
async function mixed(
  bench: Bench,
  key: string,
  work: string,
  list: readonly Combination[],
  repeats: number,
  clients: number,
  path: (c: Combination) => string,
  floors: ByName<number[]>,
  wrong: readonly string[] = [],
): Promise<void> {
  const order = Array.from({ length: repeats }, (_, n) => shuffled(list, n + 1)).flat()
  const byName = new Map<string, number[]>()
  const whole = await load(
    clients,
    order.length,
    async (_, i) => {
      const c = order[i] as Combination
      const start = performance.now()
      await bench.wire.get(bench.seeded.manager.token, path(c))
      byName.set(c.name, [...(byName.get(c.name) ?? []), performance.now() - start])
    },
    DEADLINE_MS,
  )
  const ranked = [...byName].sort(([, a], [, b]) => percentile(a, 95) - percentile(b, 95))
  const add = (suffix: string, title: string, samples: Samples, floor_ms: number | null | undefined, note: string) =>
    bench.add(
      timedLine(bench.about, {
        key: `${key}${suffix}`,
        work: title,
        clients,
        samples,
        floor_ms,
        note,
        is_wrong: wrong.length > 0,
      }),
    )
  add(
    '',
    work,
    whole,
    median(times(floors)),
    `${list.length} sorts and filters mixed, ${whole.times.length} requests${differences(wrong)}`,
  )
  for (const [suffix, at] of [
    ['median', Math.floor(ranked.length / 2)],
    ['worst', ranked.length - 1],
  ] as const) {
    const [name, own] = ranked[at] as [string, number[]]
    // With all clients busy, a call's wall time is its latency divided among them.
    const samples = { times: own, total_ms: own.reduce((a, b) => a + b, 0) / clients }
    add(`.${suffix}`, `${work}: ${suffix} of them`, samples, floors.get(name)?.ms, name)
  }
}

const times = (floors: ByName<unknown>) => [...floors.values()].flatMap((f) => (f ? [f.ms] : []))
const differs = (tasks: readonly { id: number }[], floor: ReadFloor<number[]> | undefined) =>
  floor != null && (tasks.length !== floor.answer.length || tasks.some((t, i) => t.id !== floor.answer[i]))
const differences = (wrong: readonly string[]) =>
  wrong.length > 0
    ? `; NOT what plain SQL says: ${wrong.slice(0, 5).join(', ')}${wrong.length > 5 ? ` and ${wrong.length - 5} more` : ''}`
    : ''

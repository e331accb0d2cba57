// Walks all tasks page by page, by cursor, while twenty people change a hundredth of them: no row twice, and none missed
// among those that nobody touched.
import type { Bench } from './bench.ts'
import { median, percentile, single, timedLine } from './measure.ts'
import { runToEnd } from './run-operation.ts'

const WRITERS = 20
const PAGE = 500
const EVERY = 100
/** Between two changes of one writer: people read what they did. */
const PAUSE_MS = 200
/** Tasks of one change. */
const SOME = 20

export async function walk(bench: Bench): Promise<void> {
  // Names stay, so everything has to be met; a task whose place in the order is changed may be met in both places, or
  // in none.
  const all = await walkBy(bench, 'name', null)
  await walkBy(
    bench,
    '-priority',
    [...all].filter((id) => !isTouched(id, bench.seeded.first_id)),
  )
}

/** @param expected those that must be met exactly once; null: as many as there are. @returns what was met */
async function walkBy(bench: Bench, sort: string, expected: readonly number[] | null): Promise<Set<number>> {
  const { client, seeded, about } = bench
  const { project_id, tasks } = seeded
  const writing = writers(bench)
  const times: number[] = []
  const met = new Map<number, number>()
  const start = performance.now()
  for (let cursor: string | null = null; ; ) {
    const from = performance.now()
    const page: Awaited<ReturnType<typeof client.list_tasks>> = await client.list_tasks({
      project_id,
      sort,
      limit: PAGE,
      ...(cursor ? { cursor } : {}),
    })
    times.push(performance.now() - from)
    for (const { id } of page.tasks) met.set(id, (met.get(id) ?? 0) + 1)
    cursor = page.next_cursor
    if (cursor === null) break
  }
  const ms = performance.now() - start
  const changes = await writing.stop()
  const total = expected?.length ?? (await client.count_tasks({ project_id })).total
  const found = (expected ?? [...met.keys()]).map((id) => met.get(id) ?? 0)
  const twice = found.filter((n) => n > 1).length
  const missed = total - found.filter((n) => n > 0).length
  bench.add(
    timedLine(about, {
      key: `walk.${sort}`,
      work: `walk of all by ${sort}, ${PAGE} a page, while ${WRITERS} change tasks`,
      clients: 1,
      per: tasks,
      samples: single(ms),
      note: `${met.size.toLocaleString('en')} met, ${twice} twice, ${missed} missed; ${changes} changes meanwhile; a page p50 ${median(times).toFixed(0)} ms, p95 ${percentile(times, 95).toFixed(0)} ms`,
      is_wrong: twice > 0 || missed !== 0,
    }),
  )
  return new Set(met.keys())
}

const isTouched = (id: number, first_id: number) => (id - first_id) % EVERY === 0

/** Twenty who set priorities, of every hundredth task, until they are stopped. */
function writers({ client, seeded }: Bench): { stop(): Promise<number> } {
  const { project_id, first_id, tasks } = seeded
  const touched = Math.floor(tasks / EVERY)
  let isOver = false
  let changes = 0
  const write = async (n: number) => {
    for (let round = 0; !isOver; round++) {
      const from = (n * 7919 + round * SOME) % Math.max(1, touched - SOME)
      const ids = Array.from({ length: SOME }, (_, i) => first_id + (from + i) * EVERY)
      const wanted = {
        name: 'set-priority',
        params: { priority: ((n * 37 + round * 11) % 200) - 100 },
        selection: { ids },
      }
      await runToEnd(client, project_id, wanted, { expected_count: SOME })
      changes++
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
  const all = Promise.all(Array.from({ length: WRITERS }, (_, n) => write(n)))
  return {
    async stop() {
      isOver = true
      await all
      return changes
    },
  }
}

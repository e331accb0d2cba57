// A hundred people ask for their next task at once, each of them once: somebody who has a task open is given that again.
import { urlOf } from '../../src/contract/client.ts'
import type { Bench } from './bench.ts'
import { load, timedLine } from './measure.ts'

const CLIENTS = 100
const DEADLINE_MS = 120_000
/** Of the claimers, so many are left for the claims while a large change runs. */
export const CLAIMERS_KEPT = 500
/** Enough to see whether the queue slows down as its head is taken away. */
const MOST_CLAIMS = 6000

/** Half of the pool at most: a tenth of the tasks. */
export const claimersFor = (tasks: number) => Math.min(MOST_CLAIMS, Math.floor(tasks / 10)) + CLAIMERS_KEPT

export async function claims(bench: Bench): Promise<void> {
  const { seeded, wire } = bench
  const people = seeded.claimers.slice(0, -CLAIMERS_KEPT)
  const path = urlOf('claim_task', { project_id: seeded.project_id, kind: 'label', session_id: '' })
  // Whoever claims has a page open: their token was seen within the minute.
  const session = urlOf('get_session', {})
  await load(20, people.length, (_, i) => wire.get(people[i]?.token as string, session), DEADLINE_MS)
  const taken: number[] = []
  const ends: number[] = []
  const start = performance.now()
  const samples = await load(
    CLIENTS,
    people.length,
    async (client, i) => {
      const body = { kind: 'label', session_id: `bench-${client}-${i}-session` }
      const reply = (await wire.post(people[i]?.token as string, path, body)) as { task_id: number | null }
      ends.push(performance.now() - start)
      if (reply.task_id !== null) taken.push(reply.task_id)
    },
    DEADLINE_MS,
  )
  const doubles = taken.length - new Set(taken).size
  const empty = samples.times.length - taken.length
  const floor_ms = bench.write_floors?.claim
  bench.add(
    timedLine(bench.about, {
      key: 'claim',
      work: 'claim next',
      clients: CLIENTS,
      samples,
      floor_ms,
      note: `${taken.length} claimed, ${doubles} twice, ${empty} empty`,
      is_wrong: doubles > 0 || empty > 0,
    }),
  )
  const part = Math.min(1000, Math.floor(ends.length / 3))
  const [from, to] = [ends.length - part, ends.length]
  const between = (a: number, b: number) => (ends[b - 1] as number) - (a === 0 ? 0 : (ends[a - 1] as number))
  const of = (a: number, b: number) => ({ times: samples.times.slice(a, b), total_ms: between(a, b) })
  const count = part.toLocaleString('en')
  bench.add(
    timedLine(bench.about, {
      key: 'claim.first',
      work: `claim next: the first ${count}`,
      clients: CLIENTS,
      samples: of(0, part),
      floor_ms,
    }),
  )
  bench.add(
    timedLine(bench.about, {
      key: 'claim.last',
      work: `claim next: the last ${count}`,
      clients: CLIENTS,
      samples: of(from, to),
      floor_ms,
    }),
  )
}

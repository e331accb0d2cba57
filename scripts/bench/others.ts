// Other people at work while a large change runs: two who look at pages, one who claims, one who saves. They pause as
// people do; without a pause they would only measure how much of the two cores they take from the change.
import { urlOf } from '../../src/contract/client.ts'
import type { Bench } from './bench.ts'
import { CLAIMERS_KEPT } from './claims.ts'
import { pageCombinations, queryOf } from './combinations.ts'
import { timedLine } from './measure.ts'

const READ_PAUSE_MS = 100
const WRITE_PAUSE_MS = 250

type Lane = { times: number[]; failures: string[] }

/** Runs `work`, and reports what the others waited for meanwhile. */
export async function whileOthersWork<T>(bench: Bench, work: () => Promise<T>): Promise<T> {
  const { seeded, wire } = bench
  const { project_id, colleague } = seeded
  const paths = pageCombinations(seeded)
    .filter((_, i) => i % 5 === 0)
    .map((c) => urlOf('list_tasks', { project_id, limit: 100, ...queryOf(c) }))
  const save = await saver(bench)
  const claimers = seeded.claimers.slice(-CLAIMERS_KEPT)
  const claim = urlOf('claim_task', { project_id, kind: 'label', session_id: '' })
  let isOver = false
  const lane = async (pause: number, call: (n: number) => Promise<unknown>): Promise<Lane> => {
    const found: Lane = { times: [], failures: [] }
    for (let n = 0; !isOver; n++) {
      const start = performance.now()
      await call(n).then(
        () => found.times.push(performance.now() - start),
        (error: Error) => found.failures.push(error.message),
      )
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
    return found
  }
  const reader = (first: number) =>
    lane(READ_PAUSE_MS, (n) => wire.get(colleague.token, paths[(first + n) % paths.length] as string))
  const claimNext = (n: number) =>
    wire.post(claimers[n % claimers.length]?.token as string, claim, {
      kind: 'label',
      session_id: `others-${n}-session`,
    })
  const lanes = [reader(0), reader(7), lane(WRITE_PAUSE_MS, claimNext), lane(WRITE_PAUSE_MS, save)]
  const result = await work().finally(() => {
    isOver = true
  })
  const [one, two, claims, saves] = (await Promise.all(lanes)) as [Lane, Lane, Lane, Lane]
  const pages = { times: [...one.times, ...two.times], failures: [...one.failures, ...two.failures] }
  add(bench, 'page_meanwhile', 'others meanwhile: page of 100, sorts and filters mixed', 2, pages)
  add(bench, 'claim_meanwhile', 'others meanwhile: claim next', 1, claims)
  add(bench, 'save_meanwhile', 'others meanwhile: save', 1, saves)
  return result
}

/** @returns saves a drawing on a task that the change leaves out */
async function saver({ seeded, wire }: Bench) {
  const { project_id, colleague, kept_ids } = seeded
  const client = wire.clientOf(colleague.token)
  const at = { project_id, task_id: kept_ids.at(-1) as number, session_id: 'others-save-session' }
  const { generation } = await client.open_task(at)
  return (n: number) =>
    client.save_document({
      ...at,
      generation,
      document: {
        global_attributes: {},
        objects: [
          {
            id: 'one',
            class_id: 1,
            shape: { type: 'box', x: n, y: 10, width: 90, height: 60 },
            attributes: {},
            author_id: null,
          },
        ],
      },
    })
}

function add(bench: Bench, key: string, work: string, clients: number, { times, failures }: Lane): void {
  const total_ms = times.reduce((a, b) => a + b, 0) / clients
  const slowest =
    times.length > 0 ? `${times.length} asked, slowest ${Math.round(Math.max(...times))} ms` : 'none answered'
  const note = failures.length > 0 ? `${slowest}; ${failures.length} failed: ${failures[0]}` : slowest
  const is_wrong = failures.length > 0 || times.length === 0
  bench.add(timedLine(bench.about, { key, work, clients, samples: { times, total_ms }, note, is_wrong }))
}

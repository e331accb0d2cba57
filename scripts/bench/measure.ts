// Timing, percentiles, and the report's lines.
import { type Limit, limitOf } from './limits.ts'

export type Line = {
  /** The same work at every size: what reports are joined by. */
  key: string
  work: string
  database: 'embedded' | 'server'
  tasks: number
  clients: number | null
  p50_ms: number | null
  p95_ms: number | null
  per_second: number | null
  /** The same work once, as plain SQL on the same database in the same run. */
  floor_ms: number | null
  ratio: number | null
  /** What is no time: megabytes, percent, nodes. */
  value: number | null
  unit: string | null
  limit_ms: number | null
  limit_per_second: number | null
  limit_value: number | null
  /** Null where nothing was promised. */
  ok: boolean | null
  note: string | null
}

export type About = Pick<Line, 'database' | 'tasks'>
export type Samples = { times: number[]; total_ms: number }

/**
 * Runs `call` for each client in turn-taking loops.
 * @param count calls altogether; fewer if the deadline comes first
 * @param deadline_ms after which no client begins another call
 */
export async function load(
  clients: number,
  count: number,
  call: (client: number, i: number) => Promise<unknown>,
  deadline_ms = Number.POSITIVE_INFINITY,
): Promise<Samples> {
  const times: number[] = []
  let next = 0
  const start = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (next < count && performance.now() - start < deadline_ms) {
        const i = next++
        const from = performance.now()
        await call(client, i)
        times.push(performance.now() - from)
      }
    }),
  )
  return { times, total_ms: performance.now() - start }
}

/** One call, as samples. */
export async function once<T>(call: () => Promise<T>): Promise<{ result: T; samples: Samples }> {
  const start = performance.now()
  const result = await call()
  return { result, samples: single(performance.now() - start) }
}
export const single = (ms: number): Samples => ({ times: [ms], total_ms: ms })

export function percentile(times: readonly number[], p: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? Number.NaN
}
export const median = (times: readonly number[]) => percentile(times, 50)

const round = (n: number) => (Number.isFinite(n) ? Math.round(n * 100) / 100 : null)

const EMPTY: Omit<Line, 'key' | 'work' | keyof About> = {
  clients: null,
  p50_ms: null,
  p95_ms: null,
  per_second: null,
  floor_ms: null,
  ratio: null,
  value: null,
  unit: null,
  limit_ms: null,
  limit_per_second: null,
  limit_value: null,
  ok: null,
  note: null,
}

export type Timed = {
  key: string
  work: string
  clients: number
  samples: Samples
  floor_ms?: number | null | undefined
  /** Tasks that one call handles: `per_second` counts tasks then. */
  per?: number
  /** A limit that depends on what was measured in this run, e.g. twice the floor. */
  limit_ms?: number | undefined
  note?: string | undefined
  /** What the answer said was wrong: the line fails whatever its time. */
  is_wrong?: boolean
}

/**
 * `ratio` compares wall time per call (all clients together) with the floor: with many clients a single call mostly
 * waits for the others, which says nothing about its price.
 */
export function timedLine(about: About, timed: Timed): Line {
  const { key, work, clients, samples, floor_ms = null, per = 1, note, is_wrong = false } = timed
  const p95 = percentile(samples.times, 95)
  const per_second = (samples.times.length * per * 1000) / samples.total_ms
  const limit = { ...limitOf(key, about.database), ...(timed.limit_ms === undefined ? {} : { ms: timed.limit_ms }) }
  return {
    ...EMPTY,
    key,
    work,
    ...about,
    clients,
    p50_ms: round(median(samples.times)),
    p95_ms: round(p95),
    per_second: round(per_second),
    floor_ms: floor_ms === null ? null : round(floor_ms),
    ratio: floor_ms === null ? null : round(samples.total_ms / samples.times.length / floor_ms),
    limit_ms: limit.ms === undefined ? null : round(limit.ms),
    limit_per_second: limit.per_second ?? null,
    ok: is_wrong ? false : timeVerdict(limit, p95, per_second),
    note: note ?? null,
  }
}

function timeVerdict(limit: Limit, p95: number, per_second: number): boolean | null {
  if (limit.ms === undefined && limit.per_second === undefined) return null
  return p95 <= (limit.ms ?? Number.POSITIVE_INFINITY) && per_second >= (limit.per_second ?? 0)
}

export function valueLine(
  about: About,
  of: { key: string; work: string; value: number; unit: string; note?: string },
): Line {
  const { value: limit_value = null } = limitOf(of.key, about.database)
  return {
    ...EMPTY,
    ...about,
    ...of,
    value: round(of.value),
    limit_value,
    ok: limit_value === null ? null : of.value <= limit_value,
    note: of.note ?? null,
  }
}

/** Something that is only said: the machine, a part that was skipped (`ok` null) or failed (`ok` false). */
export const wordLine = (about: About, key: string, work: string, note: string, ok: boolean | null = null): Line => ({
  ...EMPTY,
  ...about,
  key,
  work,
  note,
  ok,
})

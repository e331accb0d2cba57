// Timing, percentiles, and the report's lines.

export type Line = {
  work: string
  database: 'embedded' | 'server'
  tasks: number
  clients: number | null
  p50_ms: number | null
  p95_ms: number | null
  per_second: number | null
  floor_ms: number | null
  ratio: number | null
}

export type Samples = { times: number[]; total_ms: number }

/** Runs `call` for each client in turn-taking loops. @param count calls altogether */
export async function load(
  clients: number,
  count: number,
  call: (client: number, i: number) => Promise<unknown>,
): Promise<Samples> {
  const times: number[] = []
  let next = 0
  const start = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (next < count) {
        const i = next++
        const from = performance.now()
        await call(client, i)
        times.push(performance.now() - from)
      }
    }),
  )
  return { times, total_ms: performance.now() - start }
}

export function percentile(times: readonly number[], p: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? Number.NaN
}

const round = (n: number) => Math.round(n * 100) / 100

/**
 * @param floor_ms the same work once, as plain SQL on the same database in the same run
 * `ratio` compares wall time per call (all clients together) with the floor: with many clients a single call mostly
 * waits for the others, which says nothing about its price.
 */
export function line(
  work: string,
  about: Pick<Line, 'database' | 'tasks' | 'clients'>,
  samples: Samples,
  floor_ms: number | null,
  per = 1,
): Line {
  const p50 = percentile(samples.times, 50)
  return {
    work,
    ...about,
    p50_ms: round(p50),
    p95_ms: round(percentile(samples.times, 95)),
    per_second: round((samples.times.length * per * 1000) / samples.total_ms),
    floor_ms: floor_ms === null ? null : round(floor_ms),
    ratio: floor_ms === null ? null : round(samples.total_ms / samples.times.length / floor_ms),
  }
}

export function table(lines: readonly Line[]): string {
  const head = ['work', 'database', 'tasks', 'clients', 'p50 ms', 'p95 ms', 'per second', 'floor ms', 'ratio']
  const rows = lines.map((l) =>
    [l.work, l.database, l.tasks, l.clients, l.p50_ms, l.p95_ms, l.per_second, l.floor_ms, l.ratio].map((v) =>
      v === null ? '–' : String(v),
    ),
  )
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((r) => (r[i] as string).length)))
  const text = (cells: string[]) =>
    cells.map((c, i) => (i < 2 ? c.padEnd(widths[i] as number) : c.padStart(widths[i] as number))).join('  ')
  return [text(head), ...rows.map(text)].join('\n')
}

// What every part of a run works with.
import type { Client } from '../../src/contract/client.ts'
import type { About, Line } from './measure.ts'
import type { ReadFloors } from './reads.ts'
import type { Seeded } from './seed.ts'
import type { ServerProcess } from './server-process.ts'
import type { Wire } from './wire.ts'
import type { WriteFloors } from './write-floors.ts'

export type Bench = {
  about: About
  /** Clients of a page load: 20 on a server, 5 embedded. */
  clients: number
  seeded: Seeded
  read_floors: ReadFloors
  write_floors: WriteFloors | null
  wire: Wire
  /** The manager's. */
  client: Client
  server: ServerProcess
  /** URL of the PostgreSQL server's database; null embedded, where only the server may look inside. */
  database_url: string | null
  add(line: Line): void
}

/** A number 0 … 1 from another: the same run every time. */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

/** In another order, the same in every run. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const random = randomOf(seed)
  return list
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}

// How the planner may join, where it cannot know how many rows a part of a statement has.
import { sql } from 'kysely'
import type { Tx } from './connect.ts'

/**
 * Runs statements without nested loops over rows. The plan of a bulk operation is a row per task; taken for one of a few
 * rows it was read anew for each task, and a preview of 100,000 did not end.
 */
export async function joinedByHash<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(tx)
  const result = await work()
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(tx)
  return result
}

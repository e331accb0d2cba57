// How the planner works on whole sets, where it cannot know how many rows a part of a statement has.
import { sql } from 'kysely'
import type { Tx } from './connect.ts'

/** Of the usual memory of a sort: 256 MB, as far as it is needed, instead of 64. A million tasks are counted without a sort. */
const HASH_MULTIPLIER = '64'

/**
 * Runs statements without nested loops over rows, and with more memory for a hash. The plan of a bulk operation is a row
 * per task; taken for one of a few rows it was read anew for each task, and a preview of 100,000 did not end.
 */
export async function joinedByHash<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{ usual: string }>`
    select current_setting('hash_mem_multiplier') as usual, set_config('enable_nestloop', 'off', true),
      set_config('hash_mem_multiplier', ${HASH_MULTIPLIER}, true)`.execute(tx)
  const result = await work()
  await sql`select set_config('enable_nestloop', 'on', true), set_config('hash_mem_multiplier', ${rows[0]?.usual}, true)`.execute(
    tx,
  )
  return result
}

// When a transaction need not be on the disk as it ends.
import { sql } from 'kysely'
import type { Tx } from './connect.ts'

/**
 * Does not wait for the disk at the end of this transaction. A crash of the machine may take back the last steps, whole and
 * in order, and they are done again; any later commit that does wait brings this one to the disk before it.
 */
export async function commitLater(tx: Tx): Promise<void> {
  await sql`select set_config('synchronous_commit', 'off', true)`.execute(tx)
}

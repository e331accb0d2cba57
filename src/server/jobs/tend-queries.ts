// SQL of tending the embedded database.
import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'

/**
 * Statistics of the tables that changed by more than a tenth since the last look, as a server's autovacuum would. Each
 * in a statement of its own: at a million tasks the whole database takes seconds, which the embedded one makes everyone wait.
 * What was counted is lost when a process is killed: then the size of a table tells.
 * @returns names of the tables
 */
export async function analyzeChanged(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select s.relname as name from pg_stat_user_tables s join pg_class c on c.oid = s.relid
    where s.n_mod_since_analyze > 50 + s.n_live_tup / 10
      or pg_relation_size(c.oid) / current_setting('block_size')::int8 > 8 + c.relpages + c.relpages / 10
    order by s.relname`.execute(db)
  for (const { name } of rows) await sql`analyze ${sql.table(name)}`.execute(db)
  return rows.map((r) => r.name)
}

/**
 * Clears the dead entries of the queue away once they are as many as a server's autovacuum waits for (migration 0009):
 * claims leave them at the head of its index, where the next one begins to look.
 */
export async function vacuumQueue(db: Database): Promise<void> {
  const { rows } = await sql`
    select 1 from pg_stat_user_tables where relname = 'queue_entry' and n_dead_tup > 2000`.execute(db)
  if (rows.length > 0) await sql`vacuum (index_cleanup on) queue_entry`.execute(db)
}

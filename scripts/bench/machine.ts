// The machine a run was measured on, in one line.
import { cpus, loadavg, totalmem } from 'node:os'
import { sql } from 'kysely'
import type { Database } from '../../src/server/db/connect.ts'

export async function machine(db: Database): Promise<string> {
  const { rows } = await sql<{ version: string; shared: string; sync: string }>`
    select split_part(version(), ' on ', 1) as version, current_setting('shared_buffers') as shared, current_setting('synchronous_commit') as sync`.execute(
    db,
  )
  const { version, shared, sync } = rows[0] as (typeof rows)[number]
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  const database = `${version} (shared_buffers ${shared}, synchronous_commit ${sync})`
  return `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${memory}, Node ${process.version}, ${database}, ${new Date().toISOString().slice(0, 10)}, load before it ${loadavg()[0]?.toFixed(1)}`
}

// For tests of operations: every row of a project.
import { sql } from 'kysely'
import type { TestServer } from '../testing.ts'

const TABLES = [
  'task',
  'queue_entry',
  'task_event',
  'task_lease',
  'annotation_revision',
  'time_entry',
  'operation',
  'operation_part',
  'operation_group',
] as const

/** Every row of a project, to show that nothing changed. */
export async function everything(server: TestServer, project_id: number): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {}
  for (const table of TABLES) {
    const { rows } = await sql<{ row: unknown }>`
      select to_jsonb(x) as row from ${sql.table(table)} x where project_id = ${project_id} order by to_jsonb(x)::text`.execute(
      server.app.db,
    )
    all[table] = rows.map((r) => r.row)
  }
  return all
}

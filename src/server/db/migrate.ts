// Applies the numbered SQL files, each in a transaction of its own. Safe when two servers start at once.
import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Database } from './connect.ts'

const FOLDER = new URL('./migrations/', import.meta.url)

export async function migrate(db: Database): Promise<void> {
  const files = (await readdir(FOLDER)).filter((f) => f.endsWith('.sql')).sort()
  await sql`create table if not exists migration (name text primary key, applied_at timestamptz(3) not null default now())`.execute(
    db,
  )
  for (const name of files) {
    const text = await readFile(new URL(name, FOLDER), 'utf8')
    await db.transaction().execute(async (tx) => {
      await sql`lock table migration in exclusive mode`.execute(tx)
      const done = await sql`select 1 from migration where name = ${name}`.execute(tx)
      if (done.rows.length > 0) return
      await sql.raw(text).execute(tx)
      await sql`insert into migration (name) values (${name})`.execute(tx)
    })
  }
}

// Applies the numbered SQL files, each in a transaction of its own. Safe when two servers start at once.
import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Database } from './connect.ts'

const FOLDER = new URL('./migrations/', import.meta.url)

/** @throws Error with a sentence if the database cannot keep every text */
export async function migrate(db: Database): Promise<void> {
  await requireUtf8(db)
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

/** A server that was set up where no language was chosen keeps bytes, not text, and fails at the first name that is not English. */
async function requireUtf8(db: Database): Promise<void> {
  const { rows } = await sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`.execute(db)
  const encoding = rows[0]?.encoding
  if (encoding === 'UTF8') return
  const make = 'createdb --encoding=UTF8 --template=template0 NAME'
  throw new Error(`The database keeps text as ${encoding}, and PixlHub needs UTF8. Make another one: ${make}`)
}

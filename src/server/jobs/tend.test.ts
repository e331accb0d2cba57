import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Database } from '../db/connect.ts'
import { testServer } from '../testing.ts'
import { analyzeChanged, vacuumQueue } from './tend-queries.ts'

const insertCrowd = (db: Database, people: number) =>
  sql`insert into person (email, name, password_hash)
    select n || '@crowd.example.org', 'Crowd ' || n, 'none' from generate_series(1, ${people}::int4) n`.execute(db)

test.skipIf(process.env.DATABASE_URL)(
  'only tables that changed much are looked at again, so that a large table at rest makes nobody wait',
  async () => {
    const server = await testServer()
    const { db } = server.app
    await analyzeChanged(db)
    await insertCrowd(db, 3000)
    // What changed is counted by the database a moment later; the server's own job may look first.
    const known = async () => {
      await analyzeChanged(db)
      const { rows } = await sql<{ n: number }>`select reltuples as n from pg_class where relname = 'person'`.execute(
        db,
      )
      return rows[0]?.n ?? 0
    }
    await expect.poll(known, { timeout: 20_000 }).toBeGreaterThan(2999)
    expect(await analyzeChanged(db)).not.toContain('person')
    await server.close()
  },
)

test.skipIf(process.env.DATABASE_URL)(
  'where a killed process took the counts with it, the size of a table tells',
  async () => {
    const server = await testServer()
    const { db } = server.app
    await analyzeChanged(db)
    await insertCrowd(db, 9000)
    await sql`select pg_stat_force_next_flush()`.execute(db)
    await sql`select pg_stat_reset()`.execute(db)
    expect(await analyzeChanged(db)).toContain('person')
    expect(await analyzeChanged(db)).not.toContain('person')
    await server.close()
  },
)

test.skipIf(process.env.DATABASE_URL)('the queue is cleaned when much of it is dead', async () => {
  const server = await testServer()
  const { db } = server.app
  const p = await server.project()
  await p.tasks(2100, { stage_id: p.stage('label') })
  const stats = async () => {
    const { rows } = await sql<{ dead: number; vacuums: number }>`
      select n_dead_tup as dead, vacuum_count as vacuums from pg_stat_user_tables where relname = 'queue_entry'`.execute(
      db,
    )
    return rows[0]
  }
  await vacuumQueue(db)
  expect(await stats()).toMatchObject({ vacuums: 0 })
  await sql`update queue_entry set assignee_id = 1`.execute(db)
  // What died is counted by the database a moment later.
  const cleaned = async () => {
    await vacuumQueue(db)
    return stats()
  }
  await expect.poll(cleaned, { timeout: 20_000 }).toMatchObject({ dead: 0, vacuums: 1 })
  await server.close()
})

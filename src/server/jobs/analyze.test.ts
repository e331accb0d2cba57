import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testServer } from '../testing.ts'
import { analyzeChanged } from './purge-queries.ts'

test.skipIf(process.env.DATABASE_URL)(
  'only tables that changed much are looked at again, so that a large table at rest makes nobody wait',
  async () => {
    const server = await testServer()
    const { db } = server.app
    await analyzeChanged(db)
    await sql`
      insert into person (email, name, password_hash) select n || '@crowd.example.org', 'Crowd ' || n, 'none' from generate_series(1, 3000) n`.execute(
      db,
    )
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

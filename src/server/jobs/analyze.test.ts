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
    expect(await analyzeChanged(db)).toEqual(['person'])
    const { rows } = await sql<{ reltuples: number }>`select reltuples from pg_class where relname = 'person'`.execute(
      db,
    )
    expect(rows[0]?.reltuples).toBeGreaterThan(2999)
    expect(await analyzeChanged(db)).toEqual([])
    await server.close()
  },
)

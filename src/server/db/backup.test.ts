import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testServer } from '../testing.ts'
import { backUp, lastBackUp } from './backup.ts'
import { openDatabase } from './connect.ts'

test.skipIf(process.env.DATABASE_URL)(
  'a copy made while people work opens with what was there, and only the newest ones stay',
  async () => {
    const server = await testServer()
    const p = await server.project()
    await p.tasks(50)
    const { data_dir } = server.config
    const started = Date.now()
    const working = p.tasks(20, { prefix: 'later' })
    const path = await backUp(server.app.db, data_dir, 2)
    await working
    expect(await lastBackUp(data_dir)).toBeGreaterThanOrEqual(started - 1000)

    const elsewhere = await mkdtemp(join(tmpdir(), 'pixlhub-restored-'))
    await cp(path, join(elsewhere, 'database'), { recursive: true })
    const restored = await openDatabase({ data_dir: elsewhere, database_url: null })
    const { total } = await restored.db
      .selectFrom('task')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    // The other 20 are in the copy whole or not at all.
    expect([50, 70]).toContain(total)
    await restored.close()
    await rm(elsewhere, { recursive: true, force: true })

    const kept = [path, await backUp(server.app.db, data_dir, 2), await backUp(server.app.db, data_dir, 2)].slice(1)
    expect((await readdir(join(data_dir, 'backups'))).map((name) => join(data_dir, 'backups', name))).toEqual(kept)
    await server.close()
  },
)

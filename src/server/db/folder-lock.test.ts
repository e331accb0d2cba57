import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Home, newHome, type ServerProcess, startProcess } from '../test-process.ts'
import { lockFolder } from './folder-lock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixlhub-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const lockedBy = (holder: object | string) =>
  writeFile(
    join(folder, 'lock'),
    typeof holder === 'string' ? holder : JSON.stringify({ host: hostname(), started: null, token: 'x', ...holder }),
  )
const holder = async () => JSON.parse(await readFile(join(folder, 'lock'), 'utf8'))

test('one at a time: the second is refused with a sentence, and may after the first let go', async () => {
  const first = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(`PixlHub already runs on ${folder} (process ${process.pid}`)
  await first.release()
  expect(existsSync(join(folder, 'lock'))).toBe(false)
  await (await lockFolder(folder)).release()
})

test('the lock of a process that is gone is taken over', async () => {
  const { pid } = spawnSync('true')
  await lockedBy({ pid })
  const lock = await lockFolder(folder)
  expect((await holder()).pid).toBe(process.pid)
  await lock.release()
})

test('a process id that another process has got since is no holder', async () => {
  await lockedBy({ pid: process.pid, started: '1' })
  await (await lockFolder(folder)).release()
})

test('a lock file that is damaged or empty is taken over', async () => {
  for (const text of ['', '{"pid":', 'null']) {
    await lockedBy(text)
    await (await lockFolder(folder)).release()
  }
})

test('another host’s lock holds while it is touched, and is stale after', async () => {
  await lockedBy({ pid: 1, host: 'elsewhere' })
  await expect(lockFolder(folder)).rejects.toThrow('on elsewhere')
  await utimes(join(folder, 'lock'), new Date(), new Date(Date.now() - 60_000))
  await (await lockFolder(folder)).release()
})

test('of many starts at once on a stale lock, one wins', async () => {
  await lockedBy({ pid: spawnSync('true').pid })
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)))
  const won = tries.flatMap((t) => (t.status === 'fulfilled' ? [t.value] : []))
  expect(won).toHaveLength(1)
  await won[0]?.release()
})

test('release leaves somebody else’s lock alone', async () => {
  const lock = await lockFolder(folder)
  await lockedBy({ pid: process.pid, token: 'another' })
  await lock.release()
  expect((await holder()).token).toBe('another')
})

test.skipIf(process.env.DATABASE_URL)(
  'a second server on the same folder ends with a sentence; after kill -9 the next one starts',
  async () => {
    const home: Home = await newHome()
    let second: ServerProcess | null = null
    const first = await startProcess(home.env)
    try {
      await expect(startProcess(home.env)).rejects.toThrow(
        /PixlHub did not start: PixlHub already runs on .*Stop it first/,
      )
      await first.kill()
      second = await startProcess(home.env)
      expect(await second.stop()).toBe(0)
    } finally {
      await first.kill()
      await second?.kill()
      await home.drop()
    }
  },
)

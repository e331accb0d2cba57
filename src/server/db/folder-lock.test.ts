import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Home, newHome, type ServerProcess, startProcess } from '../test-process.ts'
import { lockFolder as lock, takeAway } from './folder-lock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixlhub-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const nobody = (error: Error) => {
  throw error
}
const lockFolder = (of: string) => lock(of, nobody)
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
  const held = await lockFolder(folder)
  expect((await holder()).pid).toBe(process.pid)
  await held.release()
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

test('a start that comes late does not remove the lock that another wrote in place of the stale one', async () => {
  const held = await lockFolder(folder)
  const text = await readFile(join(folder, 'lock'), 'utf8')
  await takeAway(join(folder, 'lock'), 'what the late one read before', 'late')
  expect(await readFile(join(folder, 'lock'), 'utf8')).toBe(text)
  expect(await readdir(folder)).toEqual(['lock'])
  await held.release()
})

test('whose folder was taken over is told, and leaves it', async () => {
  const told = vi.fn()
  const held = await lock(folder, told, 5)
  await lockedBy({ pid: 1, host: 'elsewhere', token: 'another' })
  await expect.poll(() => told.mock.calls.length).toBe(1)
  expect(String(told.mock.lastCall)).toContain(`Another PixlHub has taken over ${folder}`)
  await held.release()
  expect((await holder()).token).toBe('another')
})

test('a lock file that somebody removed comes again, and goes with its owner', async () => {
  const held = await lock(folder, nobody, 5)
  const before = await holder()
  await rm(join(folder, 'lock'))
  await expect.poll(() => existsSync(join(folder, 'lock'))).toBe(true)
  expect(await holder()).toEqual(before)
  await held.release()
  expect(await readdir(folder)).toEqual([])
})

test('release leaves somebody else’s lock alone', async () => {
  const held = await lockFolder(folder)
  await lockedBy({ pid: process.pid, token: 'another' })
  await held.release()
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

// PGlite takes no lock: two processes on one folder both start, and one loses data. So the folder has a lock file.
// Its owner looks after it every 5 s; it is stale when its process is gone, or, seen from another host, untouched for 20 s.
import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

const TOUCH_MS = 5_000
const STALE_MS = 20_000

export type FolderLock = { release(): Promise<void> }

/**
 * @param onLost another process has taken the folder over, as after a long sleep of this machine: write nothing more
 * @throws Error with a sentence for the person at the terminal, if a living process holds the folder
 */
export async function lockFolder(
  folder: string,
  onLost: (error: Error) => void,
  touch_ms = TOUCH_MS,
): Promise<FolderLock> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'lock')
  const mine = { pid: process.pid, host: hostname(), started: await processStart(process.pid), token: randomUUID() }
  const write = () => writeFile(path, JSON.stringify(mine), { flag: 'wx' })
  for (let attempt = 0; ; attempt++) {
    try {
      await write()
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 3) throw error
    }
    const text = await readText(path)
    const holder = holderIn(text)
    if (holder && (await isAlive(holder, path)))
      throw new Error(
        `PixlHub already runs on ${folder} (process ${holder.pid} on ${holder.host}). Stop it first, or set PIXLHUB_DATA to another folder.`,
      )
    if (text !== null) await takeAway(path, text, mine.token)
  }
  // Two starts may both have found a stale file: whoever's token stands after a moment is the owner.
  await new Promise((resolve) => setTimeout(resolve, 20))
  if (holderIn(await readText(path))?.token !== mine.token)
    throw new Error(`Another PixlHub started on ${folder} just now.`)

  const touch = async () => {
    const text = await readText(path)
    if (holderIn(text)?.token === mine.token) await utimes(path, new Date(), new Date())
    else if (text === null) await write()
    else {
      clearInterval(timer)
      setImmediate(onLost, new Error(`Another PixlHub has taken over ${folder}.`))
    }
  }
  // One after the other, so that a loss is found once.
  let touching = Promise.resolve()
  let isTouching = false
  const timer = setInterval(() => {
    if (isTouching) return
    isTouching = true
    touching = touch()
      .catch(() => {})
      .finally(() => {
        isTouching = false
      })
  }, touch_ms)
  timer.unref()
  return {
    async release() {
      clearInterval(timer)
      await touching
      if (holderIn(await readText(path))?.token === mine.token) await rm(path, { force: true })
    },
  }
}

/**
 * Removes a stale lock file by giving it a name of one's own first. What then turns out to be another one, which somebody
 * wrote meanwhile, goes back to its place. @param text what the stale one holds
 */
export async function takeAway(path: string, text: string, token: string): Promise<void> {
  const aside = `${path}.${token}`
  try {
    await rename(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  // Unless there is another one by now: then the owner of this one finds it when they look next.
  if ((await readText(aside)) !== text) await link(aside, path).catch(() => {})
  await rm(aside, { force: true })
}

type Holder = { pid: number; host: string; started: string | null; token: string }

/** Null if there is no file. */
async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Null if the file is damaged. */
function holderIn(text: string | null): Holder | null {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}

async function isAlive(holder: Holder, path: string): Promise<boolean> {
  if (holder.host !== hostname()) return Date.now() - (await stat(path)).mtimeMs < STALE_MS
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return (await processStart(holder.pid)) === holder.started
}

/** When a process started, in clock ticks since boot; tells a re-used process id apart. Null where /proc is missing. */
async function processStart(pid: number): Promise<string | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

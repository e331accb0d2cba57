// PGlite takes no lock: two processes on one folder both start, and one loses data. So the folder has a lock file.
// Its owner touches it every 5 s; it is stale when its process is gone, or, seen from another host, untouched for 20 s.
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

const TOUCH_MS = 5_000
const STALE_MS = 20_000

export type FolderLock = { release(): Promise<void> }

/** @throws Error with a sentence for the person at the terminal, if a living process holds the folder */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'lock')
  const mine = { pid: process.pid, host: hostname(), started: await processStart(process.pid), token: randomUUID() }
  for (let attempt = 0; ; attempt++) {
    try {
      await writeFile(path, JSON.stringify(mine), { flag: 'wx' })
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 3) throw error
    }
    const holder = await readHolder(path)
    if (holder && (await isAlive(holder, path)))
      throw new Error(
        `PixlHub already runs on ${folder} (process ${holder.pid} on ${holder.host}). Stop it first, or set PIXLHUB_DATA to another folder.`,
      )
    await rm(path, { force: true })
  }
  // Two starts may both have found a stale file: whoever's token stands after a moment is the owner.
  await new Promise((resolve) => setTimeout(resolve, 20))
  if ((await readHolder(path))?.token !== mine.token) throw new Error(`Another PixlHub started on ${folder} just now.`)
  const touch = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), TOUCH_MS)
  touch.unref()
  return {
    async release() {
      clearInterval(touch)
      if ((await readHolder(path))?.token === mine.token) await rm(path, { force: true })
    },
  }
}

type Holder = { pid: number; host: string; started: string | null; token: string }

async function readHolder(path: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
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

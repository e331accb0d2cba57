// The built server in a process of its own, as `npm start` runs it: started, watched for its memory, and ended; what it said when something failed.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import packageJson from '../../package.json' with { type: 'json' }

export type ServerProcess = {
  /** Resident memory now and the most so far, in MiB; null where /proc is missing. */
  memory(): Promise<{ now: number; most: number } | null>
  /** Waits until it has written something to stdout. @throws Error if it does not within a few minutes */
  tells(what: RegExp): Promise<void>
  /** The end of what it wrote to stderr. */
  said(): string
  hasEnded(): boolean
  stop(): Promise<void>
}

const BUILD = fileURLToPath(new URL('../build.mjs', import.meta.url))
const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))

/**
 * As `npm start` has them. Left to itself, what was just made grows to 128 MB before the first of it is thrown away; all of a small
 * heap is gone through each time it has grown by 8 MB; and four threads do that, however many cores there are (docs/decisions/0022).
 */
export const FLAGS = packageJson.scripts.start.split(' ').filter((word) => word.startsWith('--'))

const WAIT_MS = 300_000
const STOP_MS = 60_000
const SAID_BYTES = 6000

/** Builds what a server is started from, if anything of it is newer. */
export const build = () => promisify(execFile)(process.execPath, [BUILD])

/** @throws Error if it does not listen */
export async function startServer(env: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...FLAGS, MAIN], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-SAID_BYTES)
  })
  let told = ''
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString()
  })
  const tells = (what: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => what.test(told) && resolve()
      look()
      child.stdout.on('data', look)
      child.once('error', reject)
      child.once('exit', (code) => reject(new Error(`the server has ended (exit ${code}): ${said}`)))
      setTimeout(
        () => reject(new Error(`the server did not say ${what} within ${WAIT_MS / 1000} s: ${said}`)),
        WAIT_MS,
      ).unref()
    })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    await ended
    clearTimeout(timer)
  }
  try {
    await tells(/PixlHub runs at/)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    stop,
    tells,
    said: () => said,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async memory() {
      const text = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
      const kib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN)
      const [now, most] = [kib('VmRSS') / 1024, kib('VmHWM') / 1024]
      return Number.isFinite(now) ? { now, most } : null
    },
  }
}

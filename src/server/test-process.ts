// For tests: the real server as a process of its own, on a database that outlives it, so that it can be killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { readConfig } from './config.ts'
import { type Database, openDatabase } from './db/connect.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
/** Node 24, which reads TypeScript; the tests themselves may run on the system's older one. */
const NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))

export type Home = { env: Record<string, string>; drop(): Promise<void> }

/** An empty data folder, and with DATABASE_URL an empty database of its own on that server. */
export async function newHome(): Promise<Home> {
  const data_dir = await mkdtemp(join(tmpdir(), 'pixlhub-process-'))
  const url = process.env.DATABASE_URL
  const removeFolder = () => rm(data_dir, { recursive: true, force: true })
  if (!url) return { env: { PIXLHUB_DATA: data_dir }, drop: removeFolder }
  const name = `pixlhub_process_${randomUUID().replaceAll('-', '')}`
  await onServer(url, `create database ${name}`)
  return {
    env: { PIXLHUB_DATA: data_dir, DATABASE_URL: Object.assign(new URL(url), { pathname: `/${name}` }).toString() },
    async drop() {
      await onServer(url, `drop database ${name} with (force)`)
      await removeFolder()
    },
  }
}

async function onServer(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(text)
  await client.end()
}

/** Looks into the database while no server of the home runs: an embedded one belongs to one process. */
export async function inDatabase<T>({ env }: Home, work: (db: Database) => Promise<T>): Promise<T> {
  const { db, close } = await openDatabase(readConfig(env))
  try {
    return await work(db)
  } finally {
    await close()
  }
}

export type ServerProcess = {
  address: string
  /** Everything it printed. */
  output(): string
  /** `kill -9`. Resolves when it is gone. */
  kill(): Promise<void>
  /** Asks it to end. Resolves with its exit code. */
  stop(): Promise<number | null>
}

/** Starts a server and waits until it answers. @throws Error with its output if it ends before */
export async function startProcess(env: Record<string, string>): Promise<ServerProcess> {
  const port = String(await freePort())
  const child = spawn(NODE, [MAIN], {
    env: { PATH: process.env.PATH ?? '', HOST: '127.0.0.1', PORT: port, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const end = async (signal: NodeJS.Signals) => {
    if (isRunning(child)) child.kill(signal)
    return ended
  }
  const address = `http://127.0.0.1:${port}`
  // Counted in tries: a machine that was suspended for a while has not waited.
  for (let tries = 0; ; tries++) {
    if (!isRunning(child)) throw new Error(`the server ended: ${output}`)
    const isThere = await fetch(`${address}/api/session`, { signal: AbortSignal.timeout(10_000) }).then(
      (r) => r.ok,
      () => false,
    )
    if (isThere) break
    if (tries > 900) {
      await end('SIGKILL')
      throw new Error(`the server does not answer: ${output}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { address, output: () => output, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') }
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

// e2e/: few whole-app stories in a real browser. This file: the built server on an empty data folder.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../dist/server/main.js', import.meta.url))

/** `set_up_link` is empty where the owner's account exists. */
export type StoryServer = { url: string; set_up_link: string; stop(): Promise<void> }

/**
 * Starts it and reads the one-time link that it prints.
 * @param prepare fills the data folder before the server takes it
 */
export async function startServer(
  env: Record<string, string> = {},
  prepare?: (data_dir: string) => Promise<void>,
): Promise<StoryServer> {
  const data_dir = await mkdtemp(join(tmpdir(), 'pixlhub-story-'))
  await prepare?.(data_dir).catch(async (error: unknown) => {
    await rm(data_dir, { recursive: true, force: true })
    throw error
  })
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const url = `http://localhost:${port}`
  const settings = { PIXLHUB_DATA: data_dir, PORT: String(port), PIXLHUB_URL: url, DATABASE_URL: '', ...env }
  const server = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return {
    url,
    set_up_link: await printedLink(server),
    async stop() {
      if (server.exitCode === null) {
        server.kill('SIGTERM')
        await once(server, 'exit')
      }
      await rm(data_dir, { recursive: true, force: true })
    },
  }
}

function printedLink(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    server.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      // It says everything at once, and an empty line after it.
      if (text.endsWith('\n\n')) resolve(/http\S+\/set-up\/\S+/.exec(text)?.[0] ?? '')
    })
    server.once('exit', () => reject(new Error(`the server did not start: ${text}`)))
  })
}

// npm run import -- --project P DIR [--batch B] [--priority N]
import { type Output, runImportCommand } from '../src/server/import-command.ts'

const PROGRESS_EVERY_MS = process.stdout.isTTY ? 100 : 5000
let shownAt = Date.now()
let isOnProgressLine = false

const output: Output = {
  line(text) {
    process.stdout.write(`${isOnProgressLine ? '\r\x1b[K' : ''}${text}\n`)
    isOnProgressLine = false
  },
  progress(text) {
    if (Date.now() - shownAt < PROGRESS_EVERY_MS) return
    shownAt = Date.now()
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${text}`)
    else process.stdout.write(`${text}\n`)
    isOnProgressLine = process.stdout.isTTY
  },
}

// The first Ctrl+C ends after the files in hand; a second one at once.
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())

process.exitCode = await runImportCommand(process.argv.slice(2), process.env, output, stop.signal)

// npm run import -- --project P DIR [--batch B] [--priority N]
// Plain JavaScript over the built server, because it also runs on the oldest Node that PixlHub supports.
import { buildIfStale } from './build.mjs'

await buildIfStale()
const { runImportCommand } = await import('../dist/server/import-command.js')

const isTerminal = process.stdout.isTTY === true
const progressEveryMs = isTerminal ? 100 : 5000
let shownAt = Date.now()

const output = {
  line(text) {
    process.stdout.write(`${isTerminal ? '\r\x1b[K' : ''}${text}\n`)
  },
  progress(text) {
    if (Date.now() - shownAt < progressEveryMs) return
    shownAt = Date.now()
    process.stdout.write(isTerminal ? `\r\x1b[K${text}` : `${text}\n`)
  },
}

// The first Ctrl+C ends after the files in hand; a second one at once.
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())

process.exitCode = await runImportCommand(process.argv.slice(2), process.env, output, stop.signal)

// Starts the server, prints where it is, and ends cleanly.
import pino from 'pino'
import { startApp } from './app.ts'
import { readConfig } from './config.ts'
import { createSetupToken } from './people/setup.ts'

const WEB_FOLDER = new URL('../web/', import.meta.url)

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = pino({ level: config.log_level })
  const { app, server, close } = await startApp(config, log, WEB_FOLDER, (error) => {
    log.error({ err: error }, 'the server ends')
    // At once: nothing may be written any more. Whoever started it can start it again.
    process.stderr.write(`PixlHub ended: ${error.message}\n`)
    process.exit(1)
  })
  await server.listen({ host: config.host, port: config.port })
  const setup = await createSetupToken(app.db)
  const lines = [
    `PixlHub runs at ${config.public_url}`,
    `Data: ${config.database_url ? 'PostgreSQL, files in ' : ''}${config.data_dir}`,
  ]
  if (setup)
    lines.push('', 'Create the owner’s account with this link (valid once):', `${config.public_url}/set-up/${setup}`)
  process.stdout.write(`\n${lines.map((l) => `  ${l}`).join('\n')}\n\n`)

  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

main().catch((error: unknown) => {
  // Only the sentence: PGlite's own errors carry pages of source.
  process.stderr.write(`PixlHub did not start: ${String((error as Error)?.message ?? error).slice(0, 500)}\n`)
  process.exit(1)
})

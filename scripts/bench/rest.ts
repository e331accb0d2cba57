// What is measured once at the end: a CSV of everything, the server's memory, the page in a browser, its JavaScript.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { urlOf } from '../../src/contract/client.ts'
import { TASK_FIELD_NAMES, TASK_FIELDS } from '../../src/model/task-fields.ts'
import type { Bench } from './bench.ts'
import { type About, type Line, once, timedLine, valueLine, wordLine } from './measure.ts'
import type { ServerProcess } from './server-process.ts'

const NEW_LINE = 10

/** Every task of the project with the columns shown by default: frozen first, then streamed. */
export async function csvOfAll(bench: Bench): Promise<void> {
  const { wire, client, seeded, server } = bench
  const { project_id, manager } = seeded
  const columns = TASK_FIELD_NAMES.filter((name) => TASK_FIELDS[name].shown)
  const selection = { filter: { conditions: [] }, all: true }
  const before = await server.memory()
  const frozen = await once(() => client.create_task_file({ project_id, selection, columns, sort: 'name' }))
  bench.add(
    timedLine(bench.about, {
      key: 'csv_frozen',
      work: 'CSV of everything: frozen',
      clients: 1,
      samples: frozen.samples,
    }),
  )
  const { id: file_id, total } = frozen.result
  let lines = -1
  let most = before?.now ?? 0
  const watch = setInterval(async () => {
    most = Math.max(most, (await server.memory())?.now ?? 0)
  }, 250)
  const path = urlOf('download_task_file', { project_id, file_id })
  const { result: bytes, samples } = await once(() =>
    wire.drain(manager.token, path, (chunk) => {
      for (const byte of chunk) if (byte === NEW_LINE) lines++
    }),
  ).finally(() => clearInterval(watch))
  const memory = before ? `; the server’s memory from ${Math.round(before.now)} to ${Math.round(most)} MB at most` : ''
  bench.add(
    timedLine(bench.about, {
      key: 'csv',
      work: 'CSV of everything: streamed',
      clients: 1,
      samples,
      per: lines,
      note: `${lines.toLocaleString('en')} rows, ${Math.round(bytes / 1e6)} MB${memory}`,
      is_wrong: lines !== total,
    }),
  )
}

export async function memoryLine(about: About, server: ServerProcess, history: readonly string[]): Promise<Line> {
  const memory = await server.memory()
  if (!memory) return wordLine(about, 'memory', 'memory of the server process, most', 'skipped: /proc does not say')
  const note = `at the end of each part: ${history.join(', ')}`
  return valueLine(about, {
    key: 'memory',
    work: 'memory of the server process, most',
    value: memory.most,
    unit: 'MB',
    note,
  })
}

/** Runs scripts/bundle-size.mjs, which builds in memory. */
export async function javascriptLine(about: About): Promise<Line> {
  const script = fileURLToPath(new URL('../bundle-size.mjs', import.meta.url))
  const output = await promisify(execFile)(process.execPath, [script], { maxBuffer: 2 ** 24 }).then(
    ({ stdout }) => stdout,
    (error: { stdout?: string }) => error.stdout ?? '',
  )
  const kb = /^TasksPage\s+([\d.]+) KB/m.exec(output)?.[1]
  if (!kb) return wordLine(about, 'javascript', 'JavaScript of the Tasks route', `failed: ${output.slice(-200)}`, false)
  return valueLine(about, {
    key: 'javascript',
    work: 'JavaScript of the Tasks route, gzip',
    value: Number(kb),
    unit: 'KB',
  })
}

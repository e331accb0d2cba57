// Starts the built server on whatever Node runs this, signs the owner in, loads the sample project, reads a page of
// tasks, changes them and undoes it, and ends. Shows that the oldest supported Node can serve.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale, ROOT } from './build.mjs'

await buildIfStale()
const data = await mkdtemp(join(tmpdir(), 'pixlhub-smoke-'))
const port = 20_000 + Math.floor(Math.random() * 20_000)
const base = `http://127.0.0.1:${port}`
const env = { ...process.env, PIXLHUB_DATA: data, PORT: String(port), PIXLHUB_URL: base, DATABASE_URL: '' }
const server = spawn(process.execPath, [join(ROOT, 'dist/server/main.js')], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const token = await setupToken()
  let cookie = ''
  const call = async (method, path, body) => {
    const headers = { cookie, ...(body ? { 'content-type': 'application/json' } : {}) }
    const reply = await fetch(`${base}${path}`, { method, headers, body: body && JSON.stringify(body) })
    cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? cookie
    if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${await reply.text()}`)
    return reply
  }
  const account = { name: 'Smoke', email: 'smoke@example.org', password: 'a long password', organization_name: 'Smoke' }
  const session = await (await call('POST', '/api/set-up', { token, ...account })).json()
  const sample = await (
    await call('POST', `/api/organizations/${session.organizations[0].id}/sample-project`, {})
  ).json()
  const { tasks } = await (await call('GET', `/api/projects/${sample.id}/tasks`)).json()
  await call('GET', '/api/projects')
  const run = {
    name: 'set-priority',
    params: { priority: 7 },
    selection: { ids: tasks.map((t) => t.id) },
    key: 'smoke-run',
  }
  const changed = await (await call('POST', `/api/projects/${sample.id}/operations`, run)).json()
  const undone = await (await call('POST', `/api/projects/${sample.id}/operations/${changed.id}/undo`, {})).json()
  if (changed.applied !== 24 || undone.applied !== 24) throw new Error('an operation or its undo is not whole')
  const page = await call('GET', '/')
  const isPacked = page.headers.get('content-encoding') === 'gzip'
  if (tasks.length !== 24 || !(await page.text()).includes('<div id="root"') || !isPacked)
    throw new Error('the sample or the page is not whole')
  process.stdout.write(`Smoke run on Node ${process.version}: ok\n`)
} finally {
  server.kill('SIGTERM')
  await new Promise((resolve) => server.once('exit', resolve))
  await rm(data, { recursive: true, force: true })
}

/** The one-time token in the link that the server prints. */
function setupToken() {
  return new Promise((resolve, reject) => {
    let text = ''
    server.stdout.on('data', (chunk) => {
      text += chunk
      const found = /set-up\/(\S+)/.exec(text)
      if (found) resolve(found[1])
    })
    server.once('exit', () => reject(new Error(`the server did not start: ${text}`)))
  })
}

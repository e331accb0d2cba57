// Bad input, generically from the table of endpoints: wrong types, unknown fields, extremes, ids of another project.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '../../contract/endpoint.ts'
import { type EndpointName, endpoints } from '../../contract/endpoints.ts'
import { inputProblem } from '../input.ts'
import { injectHead } from '../live/test-stream.ts'
import { everything } from '../operations/test-queries.ts'
import { boxes, claim, operate } from '../tasks/test-work.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { extremesOf, misfitsOf, plain, sampleOf } from './sample-input.ts'

let server: TestServer
let p: TestProject
let cookie: string
beforeAll(async () => {
  server = await testServer()
  p = await server.project()
  const session = { value: null as string | null }
  await server.client(session).sign_in({ email: 'owner@example.org', password: 'correct horse battery' })
  cookie = session.value as string
})
afterAll(() => server.close())

const table = Object.entries(endpoints) as [EndpointName, Endpoint][]
const fieldsOf = (schema: Endpoint['query'] | Endpoint['body']) =>
  schema && schema !== 'bytes' ? Object.entries(plain(schema).properties ?? {}) : []

/** The path with real ids of the scope, so that rights pass, and ids that exist nowhere for the rest. */
function pathOf(endpoint: Endpoint, ids: Record<string, string | number> = {}): string {
  const known: Record<string, string | number> = {
    project_id: p.project_id,
    organization_id: server.organization_id,
    token: 'x'.repeat(43),
    ...{ level: 0, column: 0, row: 0 },
    ...ids,
  }
  return `/api${endpoint.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(known[key] ?? Number.MAX_SAFE_INTEGER)))}`
}

type Answer = Awaited<ReturnType<typeof injectHead>>
type Sent = {
  query?: Record<string, unknown>
  body?: unknown
  headers?: Record<string, string>
  payload?: string
  ids?: Record<string, string | number>
}
async function send(endpoint: Endpoint, { query = {}, body, headers = {}, payload, ids }: Sent): Promise<Answer> {
  const hasBody = payload !== undefined || (endpoint.body !== undefined && endpoint.body !== 'bytes')
  const search = new URLSearchParams(Object.entries(query).map(([k, v]): [string, string] => [k, String(v)])).toString()
  return injectHead(server, {
    method: endpoint.method,
    url: `${pathOf(endpoint, ids)}${search ? `?${search}` : ''}`,
    headers: {
      cookie: `pixlhub_session=${cookie}`,
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(hasBody ? { payload: payload ?? JSON.stringify(body ?? {}) } : {}),
  })
}

function expectProblem(reply: Answer, status: number | number[], named: string, what: string) {
  expect(
    [reply.statusCode].filter((s) => ![status].flat().includes(s)),
    `${what}: ${reply.statusCode} ${reply.body.slice(0, 300)}`,
  ).toEqual([])
  expect(reply.headers['content-type'], what).toContain('application/problem+json')
  const problem = reply.json()
  expect(problem, what).toMatchObject({
    status: reply.statusCode,
    code: expect.any(String),
    title: expect.any(String),
    request_id: expect.any(String),
  })
  expect(problem.detail, what).toContain(named)
  expect(problem.detail, what).toMatch(/[.!]$/)
}

test('the samples fit: every body and query has a value that passes', () => {
  for (const [name, endpoint] of table)
    for (const schema of [endpoint.body, endpoint.query])
      if (schema && schema !== 'bytes') expect(inputProblem(schema, sampleOf(schema), name)).toBeNull()
})

const bodies = table.filter(([, e]) => e.body && e.body !== 'bytes')
test.each(bodies)('%s: each field of the body with each wrong value is refused by its name', async (_, endpoint) => {
  const sample = sampleOf(endpoint.body) as object
  for (const [field, schema] of fieldsOf(endpoint.body))
    for (const value of misfitsOf(schema)) {
      // As JSON: what has no JSON form (undefined, NaN) cannot arrive.
      const reply = await send(endpoint, { body: { ...sample, [field]: value } })
      expectProblem(reply, 400, field, `${field} = ${JSON.stringify(value)?.slice(0, 50)}`)
    }
  expectProblem(await send(endpoint, { body: { ...sample, zz_unknown: 1 } }), 400, 'zz_unknown', 'an unknown field')
  for (const key of plain(endpoint.body).required ?? []) {
    const { [key as never]: _gone, ...rest } = sample as Record<string, unknown>
    expectProblem(await send(endpoint, { body: rest }), 400, key, `without ${key}`)
  }
  for (const payload of ['[]', '5', '"x"', 'null'])
    if (payload !== 'null' || (plain(endpoint.body).required ?? []).length > 0)
      expectProblem(await send(endpoint, { payload }), 400, 'body', payload)
})

test.each(table)('%s: query and path', async (name, endpoint) => {
  const body = endpoint.body && endpoint.body !== 'bytes' ? sampleOf(endpoint.body) : undefined
  const sample = endpoint.query ? (sampleOf(endpoint.query) as Record<string, unknown>) : {}
  expectProblem(
    await send(endpoint, { body, query: { ...sample, zz_unknown: 1 } }),
    400,
    'zz_unknown',
    'an unknown field',
  )
  for (const [field, schema] of fieldsOf(endpoint.query)) {
    const type = plain(schema).type
    const wrong =
      type === 'integer' ? ['x', '1.5', '-1', '1e30', '', '9007199254740993'] : ['a\u0000b', 'x'.repeat(40_000)]
    if (plain(schema).enum) wrong.push('x')
    for (const value of wrong)
      expectProblem(
        await send(endpoint, { body, query: { ...sample, [field]: value } }),
        400,
        field,
        `${field} = ${value.slice(0, 50)}`,
      )
  }
  for (const [, id] of endpoint.path.matchAll(/:(\w+_id)/g))
    for (const value of ['abc', '0', '-1', '1.5', '99999999999999999999', ' ', '1 or 1=1'])
      expectProblem(
        await send(endpoint, { body, query: sample, ids: { [id as string]: value } }),
        [400, 404],
        '',
        `${name} ${id} = ${value}`,
      )
})

// Not those that would end or change the caller's own session for the next one.
const SPOILS = new Set<EndpointName>(['sign_out', 'change_password', 'create_sample_project'])
test.each(table.filter(([name]) => !SPOILS.has(name)))(
  '%s: the largest and strangest values that fit are no crash',
  async (_, endpoint) => {
    const sample = endpoint.body && endpoint.body !== 'bytes' ? (sampleOf(endpoint.body) as object) : undefined
    const query = endpoint.query ? (sampleOf(endpoint.query) as Record<string, unknown>) : {}
    const sent: Sent[] = [
      { body: sample, query },
      ...fieldsOf(endpoint.body).flatMap(([field, schema]) =>
        extremesOf(schema).map((value) => ({ body: { ...sample, [field]: value }, query })),
      ),
      ...fieldsOf(endpoint.query).flatMap(([field, schema]) =>
        extremesOf(schema).map((value) => ({ body: sample, query: { ...query, [field]: value } })),
      ),
    ]
    for (const one of sent) {
      const reply = await send(endpoint, one)
      expect(reply.statusCode, `${JSON.stringify(one).slice(0, 200)} → ${reply.body.slice(0, 200)}`).toBeLessThan(500)
    }
  },
)

describe('what is no request at all', () => {
  const run = endpoints.run_operation as Endpoint
  test.each<[string, Sent, number, string]>([
    ['malformed JSON', { payload: '{"name":' }, 400, 'invalid_input'],
    ['nothing where JSON is announced', { payload: '' }, 400, 'invalid_input'],
    [
      'a hundred thousand arrays deep',
      {
        payload: `{"name":"set-priority","params":${'['.repeat(100_000)}${']'.repeat(100_000)},"selection":{"ids":[1]},"key":"deep-key-1"}`,
      },
      400,
      'invalid_input',
    ],
    ['a prototype', { payload: '{"__proto__":{"name":"x"}}' }, 400, 'invalid_input'],
    [
      'a form',
      { payload: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'unsupported_media',
    ],
    ['plain text', { payload: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media'],
    ['bytes', { payload: '{}', headers: { 'content-type': 'application/octet-stream' } }, 415, 'unsupported_media'],
    ['no content type', { payload: '{}', headers: { 'content-type': '' } }, 415, 'unsupported_media'],
    ['33 MiB', { payload: `{"name":"${'x'.repeat(33 * 1024 * 1024)}"}` }, 413, 'too_large'],
  ])('%s', async (what, sent, status, code) => {
    const reply = await send(run, sent)
    expectProblem(reply, status, '', what)
    expect(reply.json().code).toBe(code)
  })

  test('JSON where bytes are expected is not silently an empty file', async () => {
    const { id: import_id } = await p.manager.api.create_import({
      project_id: p.project_id,
      kind: 'annotations',
      format: 'coco',
    })
    const upload = endpoints.upload_file as Endpoint
    const reply = await send(upload, { payload: '{"images":[]}', query: { name: 'a.json' }, ids: { import_id } })
    expectProblem(reply, 415, 'application/octet-stream', 'JSON')
  })

  test.each([
    ['GET', '/api/nope'],
    ['POST', '/api/projects'],
    ['PUT', '/api/session'],
    ['DELETE', '/api'],
    ['GET', '/api/projects/1/tasks/../../../../etc/passwd'],
    ['GET', '/missing.js'],
  ] as const)('%s %s is 404', async (method, url) => {
    expectProblem(await server.inject({ method, url }), 404, '', url)
  })

  test('a URL that cannot be read is 400', async () => {
    expectProblem(await server.inject({ method: 'GET', url: '/api/projects/%zz' }), 400, '', '%zz')
  })
})

describe('another site', () => {
  const writes = table.filter(([, e]) => e.method !== 'GET')
  test.each(writes)('%s is refused with this person’s cookie', async (_, endpoint) => {
    for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example', 'https://localhost']) {
      const sent = {
        body: endpoint.body && endpoint.body !== 'bytes' ? sampleOf(endpoint.body) : undefined,
        headers: { origin, host: 'hub.example' },
      }
      const reply = await send(endpoint, sent)
      expect([origin, reply.statusCode, reply.json().code]).toEqual([origin, 403, 'cross_site'])
    }
  })

  test('its own origin may write, also behind another name of the same host', async () => {
    const endpoint = endpoints.create_batch as Endpoint
    for (const headers of [
      { origin: 'http://localhost' },
      { origin: 'https://hub.example', host: 'hub.example' },
      {},
    ]) {
      const reply = await send(endpoint, { body: { name: randomUUID() }, headers: headers as Record<string, string> })
      expect(reply.statusCode).toBe(200)
    }
  })
})

test('ids of another project are 404, everywhere, and nothing changes in either', async () => {
  const other = await server.project()
  const [task_id = 0] = await other.tasks(1, { stage_id: other.stage('label') })
  const asset_id = (
    await server.app.db
      .selectFrom('asset')
      .select('id')
      .where('project_id', '=', other.project_id)
      .executeTakeFirstOrThrow()
  ).id
  const labeler = await other.member('labeler')
  const held = await claim(labeler.api, other.project_id)
  await labeler.api.save_document({ ...held, document: boxes('a') })
  const operation_id = (
    await operate(
      other.manager.api,
      other.project_id,
      'change-status',
      { stage_id: other.stage('label'), remove_assignees: true, open: 'take_over' },
      [task_id],
    )
  ).id
  const late = await labeler.api.save_document({ ...held, document: boxes('b') }).catch((e) => e)
  const draft_id = late.fields.draft_id as number
  const { id: batch_id } = await server.owner.create_batch({ project_id: other.project_id, name: 'Theirs' })
  const { id: import_id } = await server.owner.create_import({ project_id: other.project_id, kind: 'images' })
  const { id: export_id } = await server.owner.create_export({
    project_id: other.project_id,
    format: 'coco',
    with_images: false,
    selection: { ids: [task_id] },
  })
  const invitation_id = (
    await server.owner.create_project_invitation({ project_id: other.project_id, project_role: 'labeler' })
  ).invitation.id
  const ids = { task_id, asset_id, operation_id, draft_id, batch_id, import_id, export_id, invitation_id }
  const before = [await everything(server, other.project_id), await everything(server, p.project_id)]

  const tried: string[] = []
  for (const [name, endpoint] of table) {
    if (
      !endpoint.path.startsWith('/projects/:project_id/') ||
      !Object.keys(ids).some((id) => endpoint.path.includes(`:${id}`))
    )
      continue
    const body = endpoint.body && endpoint.body !== 'bytes' ? sampleOf(endpoint.body) : undefined
    const bytes =
      endpoint.body === 'bytes' ? { payload: 'x', headers: { 'content-type': 'application/octet-stream' } } : {}
    const query = endpoint.query ? (sampleOf(endpoint.query) as Record<string, unknown>) : {}
    expectProblem(await send(endpoint, { body, query, ids, ...bytes }), 404, '', name)
    tried.push(name)
  }
  expect(tried.length).toBeGreaterThan(25)
  const body = (params: object, selection: object) => ({ name: 'set-batch', params, selection, key: randomUUID() })
  const run = endpoints.run_operation as Endpoint
  const [mine = 0] = await p.tasks(1)
  before[1] = await everything(server, p.project_id)
  expectProblem(await send(run, { body: body({ batch_id }, { ids: [mine] }) }), 400, 'params.batch_id', 'their batch')
  expectProblem(
    await send(run, { body: body({ batch_id: null }, { ids: [mine, task_id] }) }),
    404,
    'selection.ids',
    'their task',
  )
  expect([await everything(server, other.project_id), await everything(server, p.project_id)]).toEqual(before)
})

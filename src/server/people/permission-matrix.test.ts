// Who may call what: every cell of permission-matrix.csv is a test over HTTP.
// ok: allowed (whatever the call itself then answers) · own: only on a task that is the caller's, else 404.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { urlOf } from '../../contract/client.ts'
import type { Endpoint } from '../../contract/endpoint.ts'
import { type EndpointName, endpoints } from '../../contract/endpoints.ts'
import { injectHead } from '../live/test-stream.ts'
import { INPUTS } from './permission-inputs.ts'
import { type MatrixRole, newCookie, openPermissionWorld, type Piece, ROLES, type World } from './permission-world.ts'

const REFUSED_BY: Record<string, string> = { 401: 'not_signed_in', 403: 'not_allowed', 404: 'not_found' }
const CELLS = ['ok', 'own', ...Object.keys(REFUSED_BY)]
const [header = '', ...lines] = readFileSync(new URL('./permission-matrix.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
const rows = lines.map((line) => {
  const [endpoint = '', ...cells] = line.split(',')
  return { endpoint: endpoint as EndpointName, cells }
})

let world: World
beforeAll(async () => {
  world = await openPermissionWorld()
})
afterAll(() => world?.close())

test('the matrix has one row for every endpoint, one column for every role, and only known cells', () => {
  expect(header.split(',')).toEqual(['endpoint', ...ROLES])
  expect(rows.map((r) => r.endpoint).sort()).toEqual(Object.keys(endpoints).sort())
  for (const { endpoint, cells } of rows) {
    expect(cells, endpoint).toHaveLength(ROLES.length)
    for (const cell of cells) expect(CELLS, endpoint).toContain(cell)
  }
})

for (const { endpoint, cells } of rows)
  describe(endpoint, () => {
    test.each(ROLES.map((role, i) => [role, cells[i] as string] as const))(
      '%s: %s',
      async (role, cell) => {
        if (cell === 'own') {
          expectAllowed(await send(endpoint, role, world.own))
          expectRefused(await send(endpoint, role, world.others), '404')
          return
        }
        const reply = await send(endpoint, role, role === 'labeler' ? world.own : world.others)
        if (cell === 'ok') expectAllowed(reply)
        else expectRefused(reply, cell)
      },
      // Drawing the sample project takes seconds.
      60_000,
    )
  })

type Answer = { statusCode: number; body: string }

function expectAllowed({ statusCode, body }: Answer): void {
  expect([401, 403, 404], `${statusCode} ${body.slice(0, 300)}`).not.toContain(statusCode)
  expect(statusCode, body.slice(0, 300)).toBeLessThan(500)
}

/** The code tells a refusal by right from others of the same status; an endpoint without a route is no refusal. */
function expectRefused({ statusCode, body }: Answer, cell: string): void {
  expect(statusCode, body.slice(0, 300)).toBe(Number(cell))
  expect(JSON.parse(body)).toMatchObject({
    code: REFUSED_BY[cell],
    detail: expect.not.stringContaining('There is nothing at'),
  })
}

async function send(name: EndpointName, role: MatrixRole, piece: Piece): Promise<Answer> {
  const endpoint: Endpoint = endpoints[name]
  const person_id = role === 'anonymous' ? world.persons.owner : world.persons[role]
  const input = (await INPUTS[name]({ world, person_id, piece })) as Record<string, unknown>
  const headers: Record<string, string> = {}
  if (role !== 'anonymous') headers.cookie = `pixlhub_session=${await newCookie(world.app, person_id)}`
  let payload: string | undefined
  if (endpoint.body === 'bytes') {
    headers['content-type'] = 'application/octet-stream'
    payload = 'no image'
  } else if (endpoint.body) {
    headers['content-type'] = 'application/json'
    const fields = Object.keys((endpoint.body as unknown as { properties: object }).properties)
    payload = JSON.stringify(Object.fromEntries(Object.entries(input).filter(([key]) => fields.includes(key))))
  }
  return injectHead(world.server, {
    method: endpoint.method,
    url: urlOf(name, input as never),
    headers,
    ...(payload === undefined ? {} : { payload }),
  })
}

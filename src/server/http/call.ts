// From a request to a Call: who calls, what they may, what they sent. One generic road for all endpoints.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import type { Endpoint } from '../../contract/endpoint.ts'
import { Failure } from '../../model/failure.ts'
import type { App, Browser } from '../handler.ts'
import { inputProblem } from '../input.ts'
import { type Identified, identify } from '../people/identify.ts'
import { isOwnOnly, organizationScope, projectScope, requireOwnTasks } from '../people/rights.ts'

export const SESSION_COOKIE = 'pixlhub_session'

/** Path, query and body in one object, each checked by its schema. @throws Failure invalid_input naming the field */
export function inputOf(endpoint: Endpoint, request: FastifyRequest): Record<string, unknown> {
  const params = texts(endpoint.params, request.params, 'path')
  const query = texts(endpoint.query, request.query, 'query')
  if (endpoint.body === 'bytes' || !endpoint.body) return { ...query, ...params }
  const problem = inputProblem(endpoint.body, request.body ?? {}, 'body')
  if (problem) throw new Failure('invalid_input', problem)
  return { ...(request.body as object), ...query, ...params }
}

/** Path and query arrive as text: numbers and flags are read out of it. */
function texts(schema: TSchema | undefined, value: unknown, at: string): object {
  if (!schema) {
    const unknown = Object.keys((value as object) ?? {})[0]
    if (unknown !== undefined && at === 'query')
      throw new Failure('invalid_input', `query: unknown field “${unknown}”.`)
    return {}
  }
  const converted = Object.fromEntries(
    Object.entries(value as object).map(([key, text]) => [key, readOut(schema, key, text)]),
  )
  const problem = inputProblem(schema, converted, at)
  if (problem) throw new Failure('invalid_input', problem)
  return converted as object
}

/** A number or flag out of its text; what is none stays text, for the schema to refuse. Never rounds: 1.5 is not 1. */
function readOut(schema: TSchema, key: string, text: unknown): unknown {
  const type = (schema as unknown as { properties?: Record<string, { type?: unknown }> }).properties?.[key]?.type
  if (typeof text !== 'string') return text
  if ((type === 'integer' || type === 'number') && /^-?\d{1,20}(\.\d{1,20})?$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

/** The caller and the scope that the endpoint's access asks for. @throws Failure not_signed_in, not_found, not_allowed */
export async function scopeOf(app: App, endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply) {
  const browser = browserOf(app, request, reply)
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null
  if (bearer === null) requireSameSite(app, request)
  const { access } = endpoint
  const params = request.params as Record<string, string>
  const credentials = { session_token: browser.session_token, bearer }
  const project_id = access.kind === 'project' ? idIn(params, 'project_id') : null
  const identified = await identify(app, credentials, project_id)
  const caller = identified?.caller ?? null
  const whoCalls = async () => (await identify(app, credentials, null))?.caller ?? null
  if (access.kind === 'public') return { browser, identify: whoCalls, caller }
  if (!identified) throw new Failure('not_signed_in')
  const rights = await rightsOf(app, endpoint, identified, params)
  return { browser, identify: whoCalls, caller, ...rights }
}

/** Rights come before the input is looked at, so that a stranger learns nothing from a validation message. */
async function rightsOf(app: App, endpoint: Endpoint, { caller, seen }: Identified, params: Record<string, string>) {
  const { access } = endpoint
  if (access.kind === 'organization')
    return { organization: await organizationScope(app.db, caller, idOf(params, 'organization_id'), access.action) }
  if (access.kind !== 'project') return {}
  const project_id = idOf(params, 'project_id')
  const project = projectScope(seen, project_id, access.action)
  if (isOwnOnly(project, access.action)) {
    const task_ids = params.task_id === undefined ? [] : [idOf(params, 'task_id')]
    const asset_ids = params.asset_id === undefined ? [] : [idOf(params, 'asset_id')]
    await requireOwnTasks(app.db, caller, project_id, { task_ids, asset_ids })
  }
  return { project }
}

/** Null if it is none: whether that is told depends on who asks. */
function idIn(params: Record<string, string>, name: string): number | null {
  const value = Number(params[name])
  return Number.isSafeInteger(value) && value >= 1 ? value : null
}

function idOf(params: Record<string, string>, name: string): number {
  const id = idIn(params, name)
  if (id === null) throw new Failure('invalid_input', `path.${name}: must be a positive whole number.`)
  return id
}

/** A page of another site must not act with this person's cookie. SameSite=Lax is the first wall, this is the second. */
function requireSameSite(app: App, request: FastifyRequest): void {
  const { origin } = request.headers
  if (request.method === 'GET' || origin === undefined) return
  const isOwn =
    origin === new URL(app.config.public_url).origin || origin.replace(/^https?:\/\//, '') === request.headers.host
  if (!isOwn)
    throw new Failure('cross_site', 'Open PixlHub at its own address; if it runs behind a proxy, set PIXLHUB_URL.')
}

function browserOf(app: App, request: FastifyRequest, reply: FastifyReply): Browser {
  const secure = app.config.public_url.startsWith('https:')
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  return {
    address: request.ip,
    user_agent: (request.headers['user-agent'] ?? '').slice(0, 300),
    session_token: request.cookies[SESSION_COOKIE] ?? null,
    setSession: (token, expiresAt) => void reply.setCookie(SESSION_COOKIE, token, { ...options, expires: expiresAt }),
    clearSession: () => void reply.clearCookie(SESSION_COOKIE, options),
  }
}

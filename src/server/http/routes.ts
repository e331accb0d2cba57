// Registers every endpoint of the contract's table with its handler.
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Endpoint } from '../../contract/endpoint.ts'
import { type EndpointName, endpoints } from '../../contract/endpoints.ts'
import { Failure } from '../../model/failure.ts'
import { whileWanted } from '../db/wanted.ts'
import type { App, Download, Handlers } from '../handler.ts'
import type { Quiet } from '../jobs/quiet.ts'
import { Json } from '../json-reply.ts'
import { inputOf, scopeOf } from './call.ts'

type AnyHandler = (call: unknown, input: unknown) => Promise<unknown>

export function registerEndpoints(server: FastifyInstance, app: App, handlers: Handlers): void {
  for (const name of Object.keys(endpoints) as EndpointName[]) {
    const endpoint: Endpoint = endpoints[name]
    const handle = handlers[name] as unknown as AnyHandler
    // An upload takes as long as its sender's line does: bulk work would make way for it all that time.
    const during: Quiet['during'] =
      endpoint.body === 'bytes' ? (answer) => answer() : (answer) => app.quiet.during(answer)
    server.route({
      method: endpoint.method,
      url: `/api${endpoint.path}`,
      schema: documentation(name, endpoint),
      bodyLimit: endpoint.body === 'bytes' ? app.config.limits.upload_bytes : app.config.limits.body_bytes,
      onRequest: async (request) => requireContentType(endpoint, request),
      handler: async (request, reply) => {
        const answer = await during(async () => {
          const scope = await scopeOf(app, endpoint, request, reply)
          const bytes = request.body instanceof Readable ? request.body : Readable.from([])
          const answered = () => handle({ app, bytes, ...scope }, inputOf(endpoint, request))
          return endpoint.ends_with_caller ? whileConnected(reply, answered) : answered()
        })
        if (answer === GONE) return reply.hijack()
        if (endpoint.reply === 'bytes') return sendDownload(reply, answer as Download)
        reply.header('cache-control', 'no-store')
        if (answer instanceof Json) return reply.type('application/json; charset=utf-8').send(answer.bytes)
        return endpoint.reply ? reply.send(answer) : reply.code(204).send()
      },
    })
  }
}

/** What is answered to a caller who is gone. */
const GONE = Symbol('gone')

async function whileConnected(reply: FastifyReply, work: () => Promise<unknown>): Promise<unknown> {
  const closed = new AbortController()
  const onClose = () => closed.abort()
  reply.raw.once('close', onClose)
  try {
    return await whileWanted(closed.signal, work)
  } catch (error) {
    if (closed.signal.aborted) return GONE
    throw error
  } finally {
    reply.raw.off('close', onClose)
  }
}

/** Before the body is read: bytes that are announced as JSON would be parsed and lost, and JSON as bytes not be looked at. */
function requireContentType(endpoint: Endpoint, request: FastifyRequest): void {
  if (!endpoint.body) return
  const expected = endpoint.body === 'bytes' ? 'application/octet-stream' : 'application/json'
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  // Without one, Fastify lets only an empty body pass.
  if (type !== '' && type !== expected)
    throw new Failure('unsupported_media', `content-type: send this as ${expected}.`)
}

function sendDownload(reply: FastifyReply, download: Download): FastifyReply {
  reply.header('content-type', download.type).header('x-content-type-options', 'nosniff')
  // An uploaded file opened on its own must never run as a page of this site.
  reply.header('content-security-policy', "default-src 'none'; sandbox")
  reply.header('cache-control', download.is_immutable ? 'private, max-age=31536000, immutable' : 'no-store')
  // Proxies that collect an answer before they pass it on (nginx) would hold events back.
  if (download.type === 'text/event-stream') reply.header('x-accel-buffering', 'no')
  if (download.size !== undefined) reply.header('content-length', download.size)
  if (download.file_name !== undefined) reply.header('content-disposition', attachment(download.file_name))
  return reply.send(download.stream)
}

/** RFC 6266: an ASCII name for old clients, the real one in UTF-8. */
function attachment(name: string): string {
  return `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`
}

/** What the OpenAPI page shows; validation itself is inputOf. */
function documentation(name: string, endpoint: Endpoint): object {
  const json = endpoint.reply && endpoint.reply !== 'bytes' ? endpoint.reply : undefined
  const bytes = {
    description: 'Bytes',
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  }
  return {
    operationId: name,
    summary: endpoint.summary,
    tags: [endpoint.tag],
    security: endpoint.access.kind === 'public' ? [] : [{ token: [] }, { session: [] }],
    ...(endpoint.access.kind === 'project' || endpoint.access.kind === 'organization'
      ? { description: `Right: ${endpoint.access.action}` }
      : {}),
    ...(endpoint.params ? { params: endpoint.params } : {}),
    ...(endpoint.query ? { querystring: endpoint.query } : {}),
    ...(endpoint.body === 'bytes'
      ? { consumes: ['application/octet-stream'], body: { type: 'string', format: 'binary' } }
      : endpoint.body
        ? { body: endpoint.body }
        : {}),
    response: {
      ...(endpoint.reply === undefined
        ? { 204: { description: 'Done', type: 'null' } }
        : { 200: json ? { description: 'OK', content: { 'application/json': { schema: json } } } : bytes }),
      default: {
        description: 'Problem details (RFC 9457)',
        content: { 'application/problem+json': { schema: PROBLEM } },
      },
    },
  }
}

const PROBLEM = {
  type: 'object',
  properties: {
    type: { type: 'string' },
    status: { type: 'integer' },
    title: { type: 'string' },
    code: { type: 'string' },
    detail: { type: 'string' },
    request_id: { type: 'string' },
  },
  required: ['status', 'title', 'code', 'detail'],
}

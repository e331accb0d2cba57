// The typed client, made from the table: `api.claim_task({ project_id, kind: 'label', session_id })`.
// It knows no browser: the caller passes a fetch.
import type { Endpoint, Input, Reply } from './endpoint.ts'
import { type EndpointName, type Endpoints, endpoints } from './endpoints.ts'

/** A failure as the server tells it (RFC 9457). `fields` holds what a code brings along. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly request_id: string | null
  readonly fields: Record<string, unknown>
  constructor(status: number, problem: Record<string, unknown>) {
    super(String(problem.detail ?? problem.title ?? `The server answered ${status}.`))
    this.name = 'ApiError'
    this.status = status
    this.code = String(problem.code ?? 'unknown')
    this.title = String(problem.title ?? 'Something went wrong')
    this.request_id = typeof problem.request_id === 'string' ? problem.request_id : null
    this.fields = problem
  }
}

export type FetchReply = { status: number; text(): Promise<string> }
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: unknown; signal?: unknown },
) => Promise<FetchReply>

type JsonName = { [N in EndpointName]: Endpoints[N] extends { reply: 'bytes' } ? never : N }[EndpointName]
export type CallOptions = { bytes?: unknown; signal?: unknown }
export type Client = {
  [N in JsonName]: (input: Input<Endpoints[N]>, options?: CallOptions) => Promise<Reply<Endpoints[N]>>
}

/** Path of a call under /api, path parameters and query filled in. For downloads and images too. */
export function urlOf<N extends EndpointName>(name: N, input: Input<Endpoints[N]>): string {
  const endpoint: Endpoint = endpoints[name]
  const fields = input as Record<string, unknown>
  const path = endpoint.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(fields[key])))
  const query = keysOf(endpoint.query)
    .filter((key) => fields[key] !== undefined)
    .map((key) => `${key}=${encodeURIComponent(String(fields[key]))}`)
  return `/api${path}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

/** @param headers sent with every call, e.g. `{ authorization: 'Bearer px_…' }` */
export function createClient(fetch: Fetch, headers: Record<string, string> = {}): Client {
  const call = async (name: EndpointName, input: Record<string, unknown>, options: CallOptions = {}) => {
    const endpoint: Endpoint = endpoints[name]
    const init: Parameters<Fetch>[1] = { method: endpoint.method, headers: { ...headers } }
    if (options.signal) init.signal = options.signal
    if (endpoint.body === 'bytes') {
      init.headers['content-type'] = 'application/octet-stream'
      init.body = options.bytes
    } else if (endpoint.body) {
      const inBody = new Set(keysOf(endpoint.body))
      init.headers['content-type'] = 'application/json'
      init.body = JSON.stringify(Object.fromEntries(Object.entries(input).filter(([key]) => inBody.has(key))))
    }
    const reply = await fetch(urlOf(name, input as never), init)
    const text = await reply.text()
    const json = text === '' ? undefined : parse(text)
    if (reply.status >= 400) throw new ApiError(reply.status, (json ?? {}) as Record<string, unknown>)
    return json
  }
  return Object.fromEntries(
    (Object.keys(endpoints) as EndpointName[]).map((name) => [
      name,
      (input: never, options?: CallOptions) => call(name, input ?? {}, options),
    ]),
  ) as Client
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { detail: text.slice(0, 200) }
  }
}

function keysOf(schema: Endpoint['query'] | Endpoint['body']): string[] {
  return schema && schema !== 'bytes'
    ? Object.keys((schema as unknown as { properties?: object }).properties ?? {})
    : []
}

// http/: the only folder that knows Fastify. This file: errors as problem details (RFC 9457).
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Failure, type FailureCode } from '../../model/failure.ts'
import type { Log } from '../handler.ts'

export function sendProblem(log: Log, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const failure = error instanceof Failure ? error : expected(error as FastifyError)
  if (!failure) {
    log.error({ err: error, request_id: request.id, url: request.url.split('?')[0] }, 'request failed')
    return problem(reply, 500, {
      title: 'Something went wrong',
      code: 'internal',
      detail: 'The server could not do this. Try again; if it stays, tell your administrator the request id.',
      request_id: request.id,
    })
  }
  return problem(reply, failure.status, {
    ...failure.fields,
    title: failure.title,
    code: failure.code,
    detail: failure.message,
    request_id: request.id,
  })
}

function problem(reply: FastifyReply, status: number, fields: Record<string, unknown>): FastifyReply {
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer(JSON.stringify)
    .send({ type: 'about:blank', status, ...fields })
}

/** What Fastify refuses before a handler runs. */
function expected(error: FastifyError): Failure | null {
  const codes: Record<number, FailureCode> = {
    400: 'invalid_input',
    413: 'too_large',
    415: 'unsupported_media',
    429: 'too_many_attempts',
  }
  const code = typeof error?.statusCode === 'number' ? codes[error.statusCode] : undefined
  return code ? new Failure(code, `body: ${error.message}.`) : null
}

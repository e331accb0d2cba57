// The HTTP server: endpoints under /api, their documentation, and the web app for every other path.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import cookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { Failure } from '../../model/failure.ts'
import type { App, Handlers } from '../handler.ts'
import { sendProblem } from './problem.ts'
import { registerEndpoints } from './routes.ts'

const PAGE_POLICY = [
  "default-src 'self'",
  "img-src 'self' blob: data:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** The worker of the assisted tools runs OpenCV, which makes functions of texts (docs/decisions/0019); no page does. */
const WORKER_POLICY = "default-src 'none'; connect-src 'self'; script-src 'self' 'unsafe-eval'"
const isWorker = (url: string) => /^\/assets\/assist\.worker-[\w-]+\.js$/.test(url)

/** Assembles without listening. @param webFolder the built web app; without it only the API answers */
export async function createServer(app: App, handlers: Handlers, webFolder?: URL): Promise<FastifyInstance> {
  const server = Fastify({
    logger: false,
    genReqId: () => crypto.randomUUID(),
    trustProxy: app.config.trust_proxy,
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => void sendProblem(app.log, error, request, reply),
  })
  server.setValidatorCompiler(() => () => true)
  server.setSerializerCompiler(() => JSON.stringify)
  server.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
  server.setErrorHandler((error, request, reply) => sendProblem(app.log, error, request, reply))
  const arrivals = new WeakMap<FastifyRequest, number>()
  server.addHook('onRequest', async (request) => void arrivals.set(request, performance.now()))
  server.addHook('onSend', async (request, reply) => {
    const arrived = arrivals.get(request)
    if (arrived !== undefined) reply.header('server-timing', `total;dur=${(performance.now() - arrived).toFixed(1)}`)
    if (!reply.hasHeader('content-security-policy'))
      reply.header('content-security-policy', isWorker(request.url) ? WORKER_POLICY : PAGE_POLICY)
    reply
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'same-origin')
      .header('x-frame-options', 'DENY')
  })
  await server.register(cookie)
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'PixlHub',
        version: '0.1.0',
        description: 'Everything the pages do. Send `Authorization: Bearer px_…` with a token from your account page.',
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'pixlhub_session' },
        },
      },
    },
  })
  await server.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    transformStaticCSP: (policy) => policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"),
    theme: {
      title: 'PixlHub API',
      css: [{ filename: 'pixlhub.css', content: '.swagger-ui .topbar { display: none }' }],
    },
  })
  await server.register(async (scope) => registerEndpoints(scope, app, handlers))
  await serveWeb(server, app, webFolder)
  return server
}

async function serveWeb(server: FastifyInstance, app: App, webFolder: URL | undefined): Promise<void> {
  const root = webFolder ? fileURLToPath(webFolder) : null
  if (root && existsSync(root))
    await server.register(fastifyStatic, {
      root,
      index: false,
      wildcard: false,
      // scripts/build.mjs packs them.
      preCompressed: true,
      maxAge: '1y',
      immutable: true,
    })
  server.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === 'GET' && !request.url.startsWith('/api') && !/\.\w+$/.test(request.url.split('?')[0] ?? '')
    if (isPage && root && existsSync(root))
      return reply.header('cache-control', 'no-cache').sendFile('index.html', { maxAge: 0, immutable: false })
    return sendProblem(
      app.log,
      new Failure('not_found', `There is nothing at ${request.method} ${request.url.split('?')[0]}.`),
      request,
      reply,
    )
  })
}

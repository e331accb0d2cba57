// HTTP to the server under load: kept-alive connections, one token per person, and a time-out on everything.
import { Agent, request } from 'node:http'
import { type Client, createClient, type Fetch, type FetchReply } from '../../src/contract/client.ts'

/** A single request that takes longer than this has failed. 10 minutes. */
const TIMEOUT_MS = 600_000

export type Wire = ReturnType<typeof wireTo>

export function wireTo(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 })

  const send = (path: string, init: Parameters<Fetch>[1]): Promise<FetchReply & { bytes: number }> =>
    new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port, path, method: init.method, headers: init.headers, agent, timeout: TIMEOUT_MS },
        (reply) => {
          const chunks: Buffer[] = []
          reply.on('data', (chunk: Buffer) => chunks.push(chunk))
          reply.on('error', reject)
          reply.on('end', () => {
            const whole = Buffer.concat(chunks)
            resolve({ status: reply.statusCode ?? 0, bytes: whole.length, text: async () => whole.toString('utf8') })
          })
        },
      )
      sent.on('timeout', () =>
        sent.destroy(new Error(`${init.method} ${path} took longer than ${TIMEOUT_MS / 1000} s`)),
      )
      sent.on('error', reject)
      sent.end(init.body as string | undefined)
    })
  const headersOf = (token: string) => ({ authorization: `Bearer ${token}` })

  return {
    clientOf: (token: string): Client => createClient(send, headersOf(token)),
    /** Reads an answer without parsing it: the load shares its cores with the server. @throws Error unless it is 200 */
    async get(token: string, path: string): Promise<void> {
      await expectOk(path, await send(path, { method: 'GET', headers: headersOf(token) }))
    },
    /** @throws Error unless the answer is one of the expected */
    async post(token: string, path: string, body: object): Promise<unknown> {
      const headers = { ...headersOf(token), 'content-type': 'application/json' }
      const reply = await send(path, { method: 'POST', headers, body: JSON.stringify(body) })
      await expectOk(path, reply)
      return JSON.parse(await reply.text())
    },
    /** Streams an answer away. @param each sees every chunk @returns its size in bytes */
    drain: (token: string, path: string, each: (chunk: Buffer) => void) =>
      new Promise<number>((resolve, reject) => {
        const sent = request(
          { host: '127.0.0.1', port, path, headers: headersOf(token), agent, timeout: TIMEOUT_MS },
          (reply) => {
            let bytes = 0
            if (reply.statusCode !== 200) reject(new Error(`GET ${path} answered ${reply.statusCode}`))
            reply.on('data', (chunk: Buffer) => {
              bytes += chunk.length
              each(chunk)
            })
            reply.on('error', reject)
            reply.on('end', () => resolve(bytes))
          },
        )
        sent.on('timeout', () => sent.destroy(new Error(`GET ${path} stood still`)))
        sent.on('error', reject)
        sent.end()
      }),
    close: () => agent.destroy(),
  }
}

async function expectOk(path: string, reply: FetchReply): Promise<void> {
  if (reply.status !== 200) throw new Error(`${path} answered ${reply.status}: ${(await reply.text()).slice(0, 300)}`)
}

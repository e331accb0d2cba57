// For tests: reads an open page's stream over a real socket, and looks at an endless answer without waiting for its end.
import { text } from 'node:stream/consumers'
import type { LiveMessage } from '../../contract/live.ts'
import type { TestServer } from '../testing.ts'

export type OpenStream = {
  status: number
  type: string | null
  /** Everything that came, in order. */
  messages: LiveMessage[]
  /** Resolves with the first message, old or new, that fits. @throws Error after `within_ms` */
  next(fits: (message: LiveMessage) => boolean, within_ms?: number): Promise<LiveMessage>
  /** Resolves when the server ended the stream. @throws Error after `within_ms` */
  ended(within_ms: number): Promise<void>
  close(): void
}

/** @param address where the server listens: light-my-request does not stream as sockets do */
export async function openStream(
  address: string,
  project_id: number,
  headers: Record<string, string>,
): Promise<OpenStream> {
  const abort = new AbortController()
  const reply = await fetch(`${address}/api/projects/${project_id}/live`, { headers, signal: abort.signal })
  const messages: LiveMessage[] = []
  let isEnded = false
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const check of waiting) check()
  }
  const read = async () => {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const chunk of reply.body ?? []) {
      const blocks = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) if (block.startsWith('data: ')) messages.push(JSON.parse(block.slice(6)))
      wake()
    }
  }
  void read()
    .catch(() => undefined)
    .then(() => {
      isEnded = true
      wake()
    })
  const until = <T>(found: () => T | undefined, within_ms: number, what: string) =>
    new Promise<T>((resolve, reject) => {
      const check = () => {
        const value = found()
        if (value === undefined) return
        clearTimeout(timer)
        waiting.delete(check)
        resolve(value)
      }
      const timer = setTimeout(() => {
        waiting.delete(check)
        reject(new Error(`${what} did not come in ${within_ms} ms; came: ${JSON.stringify(messages).slice(0, 500)}`))
      }, within_ms)
      waiting.add(check)
      check()
    })
  return {
    status: reply.status,
    type: reply.headers.get('content-type'),
    messages,
    next: (fits, within_ms = 2000) => until(() => messages.find(fits), within_ms, 'the message'),
    ended: async (within_ms) => {
      await until(() => (isEnded ? true : undefined), within_ms, 'the end')
    },
    close: () => abort.abort(),
  }
}

/** Like `inject`, but of an answer that does not end by itself only the head. */
export async function injectHead({ inject }: Pick<TestServer, 'inject'>, options: Parameters<typeof inject>[0]) {
  const reply = await inject({ ...options, payloadAsStream: true })
  const { statusCode, headers } = reply
  const isEndless = headers['content-type'] === 'text/event-stream'
  const body = isEndless ? '' : await text(reply.stream())
  if (isEndless) reply.stream().destroy()
  return { statusCode, headers, body, json: () => JSON.parse(body) }
}

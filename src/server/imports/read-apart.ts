// Large files of annotations or predictions, read in a thread of their own: parsing 200 MiB takes seconds, in which the
// server would answer nobody. One at a time, since each takes several times its size in memory; that ends with the thread.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Failure } from '../../model/failure.ts'
import type { Given, Reader, ToRead } from './reading-worker.ts'

/** Smaller files are read at once: a thread takes longer to start than they do. */
export const APART_BYTES = 2 * 1024 * 1024

let last: Promise<unknown> = Promise.resolve()

/**
 * @param read gives the bytes, and with them their memory
 * @returns the images of the file, some at a time, and how many there are altogether
 * @throws Failure as the reader does; too_large if memory does not suffice
 */
export async function* readApart<Image>(
  reader: Reader,
  name: string,
  read: () => Promise<Uint8Array>,
): AsyncGenerator<{ images: Image[]; total: number }> {
  const before = last
  let done = () => {}
  last = new Promise<void>((resolve) => {
    done = resolve
  })
  await before
  try {
    yield* readInThread<Image>({ reader, name, bytes: await read() })
  } finally {
    done()
  }
}

async function* readInThread<Image>(toRead: ToRead): AsyncGenerator<{ images: Image[]; total: number }> {
  const file = import.meta.url.endsWith('.ts') ? './reading-worker.ts' : './reading-worker.js'
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: toRead,
    transferList: [toRead.bytes.buffer as ArrayBuffer],
  })
  const ended = once(worker, 'exit').then(() => {
    throw new Error('the thread that reads a file has ended')
  })
  ended.catch(() => {})
  try {
    for (let given = 0, total = 1; given < total; ) {
      worker.postMessage('next')
      const [answer] = (await Promise.race([once(worker, 'message'), ended])) as [Given]
      if ('failure' in answer) throw new Failure(answer.failure.code, answer.failure.message)
      yield { images: answer.images as Image[], total: answer.total }
      given += answer.images.length
      total = answer.total
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error
    throw new Failure(
      'too_large',
      `${toRead.name}: too large to be read with the memory of the server. Split it by images.`,
    )
  } finally {
    await worker.terminate()
  }
}

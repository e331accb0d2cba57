// A stream of bytes from outside into a temporary file: counted, hashed, and given up when it is too long.
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import { Failure } from '../../model/failure.ts'
import type { FileStore } from '../images/file-store.ts'

/** A temporary file; whoever receives it adopts or discards it. `hash` is SHA-256 in hex. */
export type ReceivedFile = { path: string; size: number; hash: string; crc32: number }

class TooLong extends Error {}

/** The sender went away in the middle. */
const isBrokenOff = (error: unknown) =>
  ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes((error as { code?: string }).code ?? '')

/**
 * What a person sends.
 * @param tooLong what to say to whoever sends more than `maxBytes` @param what it is, for whoever has to send it again
 * @throws Failure too_large, or invalid_input where the sender went away; or what the stream throws
 */
export async function receiveUpload(
  files: FileStore,
  stream: Readable,
  maxBytes: number,
  tooLong: string,
  what: 'file' | 'image' = 'file',
): Promise<ReceivedFile> {
  try {
    return await receive(files, stream, maxBytes)
  } catch (error) {
    if (error instanceof TooLong) throw new Failure('too_large', tooLong)
    if (isBrokenOff(error)) throw new Failure('invalid_input', `body: the upload broke off. Send the ${what} again.`)
    throw error
  }
}

/** @throws TooLong beyond `maxBytes`, or what the stream throws; the temporary file is gone then */
export async function receive(files: FileStore, stream: Readable, maxBytes: number): Promise<ReceivedFile> {
  const path = join(await files.temporaryFolder(), randomUUID())
  const hash = createHash('sha256')
  let size = 0
  let crc = 0
  try {
    await pipeline(
      stream,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          size += chunk.length
          if (size > maxBytes) throw new TooLong()
          hash.update(chunk)
          crc = crc32(chunk, crc)
          yield chunk
        }
      },
      createWriteStream(path),
    )
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { path, size, hash: hash.digest('hex'), crc32: crc }
}

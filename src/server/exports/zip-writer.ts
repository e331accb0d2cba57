// A zip that is made while it is read: entry after entry, each streamed, nothing kept but the directory.
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { ExportArchive } from './format.ts'

/**
 * @param write what goes in; runs as fast as the reader reads, and stops when the reader leaves
 * @returns the zip. If `write` fails the stream breaks off, so that nobody takes half an archive for a whole one.
 */
export function zipStream(mtime: Date, write: (archive: ExportArchive) => Promise<void>): Readable {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  const left = new AbortController()
  output.once('close', () => left.abort())
  const fail = (error: unknown) => output.destroy(error as Error)
  zip.on('error', fail)
  const add = (path: string, bytes: Readable, compress: boolean) =>
    new Promise<void>((resolve, reject) => {
      if (left.signal.aborted) return reject(new ReaderLeft())
      const leave = () => {
        bytes.destroy()
        reject(new ReaderLeft())
      }
      left.signal.addEventListener('abort', leave, { once: true })
      bytes.once('error', reject)
      bytes.once('close', () => {
        left.signal.removeEventListener('abort', leave)
        resolve()
      })
      zip.addReadStream(bytes, path, { mtime, compress, forceDosTimestamp: true })
    })
  const archive: ExportArchive = {
    text: (path, parts) => add(path, Readable.from(parts, { objectMode: true, highWaterMark: 2 }), true),
    // Images are compressed already.
    file: (path, bytes) => add(path, bytes, false),
  }
  write(archive).then(
    () => zip.end(),
    (error) => {
      if (!(error instanceof ReaderLeft)) fail(error)
    },
  )
  return output
}

class ReaderLeft extends Error {}

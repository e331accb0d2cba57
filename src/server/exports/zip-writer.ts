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
  const finished: object[] = []
  const add = (path: string, bytes: Readable, compress: boolean) =>
    new Promise<void>((resolve, reject) => {
      if (left.signal.aborted) return reject(new ReaderLeft())
      setAside(zip, finished)
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
      // The zip keeps every entry until its end, and with it this function, so the stream is let go once it is taken.
      let held: Readable | null = bytes
      zip.addReadStreamLazy(path, { mtime, compress, forceDosTimestamp: true }, (take) => {
        const taken = held as Readable
        held = null
        take(null, taken)
      })
    })
  const archive: ExportArchive = {
    text: (path, parts) => add(path, Readable.from(parts, { objectMode: true, highWaterMark: 2 }), !isSmall(parts)),
    // Images are compressed already.
    file: (path, bytes) => add(path, bytes, false),
  }
  write(archive).then(
    () => {
      const inner = zip as unknown as Entries
      inner.entries = [...finished, ...inner.entries] as Entries['entries']
      zip.end()
    },
    (error) => {
      if (!(error instanceof ReaderLeft)) fail(error)
    },
  )
  return output
}

type Entries = { entries: { state: number }[] }
/** yazl's Entry.FILE_DATA_DONE. */
const DONE = 3

/**
 * yazl looks for the next entry from the first one on, each time: 50,000 images took 27 s, with what is done set aside 8 s.
 * It keeps the entries only for the directory at the end, where they are put back.
 */
function setAside(zip: ZipFile, finished: object[]): void {
  const { entries } = zip as unknown as Entries
  while (entries.length > 0 && entries[0]?.state === DONE) finished.push(entries.shift() as object)
}

/** A label file of a few lines: packing it saves nothing worth a compressor of 256 KiB, of which there would be one per file. */
function isSmall(parts: AsyncIterable<string> | Iterable<string>): boolean {
  return Array.isArray(parts) && parts.reduce((sum, part: string) => sum + part.length, 0) < 2000
}

class ReaderLeft extends Error {}

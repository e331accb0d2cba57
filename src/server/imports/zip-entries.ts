// Walks the files of a zip from outside. Nothing is unpacked to a path that the zip names; each entry is judged
// by its header first, and its stream never gives more than the header says.
import type { Readable } from 'node:stream'
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl'
import type { Limits } from '../config.ts'
import { isLeftover } from './file-names.ts'

export type ZipLimits = Pick<Limits, 'zip_entries' | 'zip_unpacked_bytes' | 'image_bytes'>
/** `path` is empty when the archive as a whole is meant. */
export type ZipEntry =
  | { path: string; refusal: string }
  | { path: string; size: number; crc32: number; open: () => Promise<Readable> }

/** Above this an entry that also unpacks to more than RATIO_FROM bytes is a bomb; deflate can do 1,032. */
const MAX_RATIO = 200
const RATIO_FROM = 16 * 1024 * 1024

const S_IFMT = 0o170000
const S_IFREG = 0o100000

/** @param onCount told the number of entries before the first one */
export async function* zipEntries(
  path: string,
  limits: ZipLimits,
  onCount?: (entries: number) => Promise<void>,
): AsyncGenerator<ZipEntry> {
  let zip: ZipFile
  try {
    // Names are decoded below: the library would give up the whole archive for one bad name.
    zip = await openPromise(path, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: true,
    })
  } catch {
    yield { path: '', refusal: DAMAGED }
    return
  }
  zip.on('error', () => {})
  try {
    if (zip.entryCount > limits.zip_entries) {
      yield {
        path: '',
        refusal: `The archive has ${zip.entryCount.toLocaleString('en')} entries. At most ${limits.zip_entries.toLocaleString('en')} are unpacked.`,
      }
      return
    }
    await onCount?.(zip.entryCount)
    yield* judged(zip, limits)
  } finally {
    zip.close()
  }
}

const DAMAGED = 'The archive is damaged or cut off. What came before the damage went in.'

async function* judged(zip: ZipFile, limits: ZipLimits): AsyncGenerator<ZipEntry> {
  let unpacked = 0
  const entries = zip.eachEntry()
  for (;;) {
    // Not for…of: an error of the archive must not be taken for one of the consumer.
    const next = await entries.next().catch(() => null)
    if (next === null) {
      yield { path: '', refusal: DAMAGED }
      return
    }
    if (next.done) return
    const entry = next.value
    const path = pathOf(entry)
    if (path.endsWith('/') || isLeftover(path)) continue
    const refusal = path === '' ? 'The file has no name.' : entryProblem(entry, limits)
    if (refusal) {
      yield { path: path || '(no name)', refusal }
      continue
    }
    unpacked += entry.uncompressedSize
    if (unpacked > limits.zip_unpacked_bytes) {
      yield {
        path: '',
        refusal: `The archive unpacks to more than ${Math.round(limits.zip_unpacked_bytes / 1024 ** 3)} GiB. The rest is left out, from “${path}” on.`,
      }
      return
    }
    yield { path, size: entry.uncompressedSize, crc32: entry.crc32, open: () => zip.openReadStreamPromise(entry) }
  }
}

function pathOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
}

function entryProblem(entry: Entry, limits: ZipLimits): string | null {
  // Archives made on Unix carry the file's mode in the upper half.
  const kind = (entry.externalFileAttributes >>> 16) & S_IFMT
  if (kind !== 0 && kind !== S_IFREG) return 'A link or special file is not unpacked.'
  if (entry.isEncrypted()) return 'The file is encrypted.'
  if (!entry.canDecodeFileData())
    return `The file is packed with method ${entry.compressionMethod}, which is not supported. Use Deflate.`
  if (entry.uncompressedSize > limits.image_bytes)
    return `The file unpacks to ${Math.ceil(entry.uncompressedSize / 1024 / 1024)} MiB. One file may have ${Math.round(limits.image_bytes / 1024 / 1024)} MiB.`
  if (entry.uncompressedSize > RATIO_FROM && entry.uncompressedSize > entry.compressedSize * MAX_RATIO)
    return `The file unpacks to more than ${MAX_RATIO} times its size, as decompression bombs do. Upload it by itself.`
  return null
}

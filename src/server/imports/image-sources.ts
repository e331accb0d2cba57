// Where incoming images come from: one received file, or the files of a zip.

import type { Readable } from 'node:stream'
import { readHead } from '../images/inspect.ts'
import { promisedType, sniff } from '../images/sniff.ts'
import { cleanPath, isLeftover, placeOf } from './file-names.ts'
import { type ImportApp, type ImportTarget, type Incoming, type IncomingFile, ingest } from './image-import.ts'
import { type ImportItem, raiseTotal } from './queries.ts'
import { type ReceivedFile, receive, receiveUpload } from './received-file.ts'
import { type ZipEntry, zipEntries } from './zip-entries.ts'

/** Items named in the answer of one upload; the others of a large zip are read page by page. */
export const ANSWERED_ITEMS = 1000

/**
 * Takes one uploaded file, an image or a zip of images. Goes on to its end when the client leaves.
 * @param path relative to what the person picked, e.g. `holiday/a.jpg`
 * @returns what became of each file, the first ANSWERED_ITEMS of them
 * @throws Failure too_large, already_finished, or invalid_input when the upload broke off
 */
export async function takeImageFile(
  app: ImportApp,
  target: ImportTarget,
  path: string,
  stream: Readable,
): Promise<ImportItem[]> {
  const file = await receiveFile(app, stream)
  const answered: ImportItem[] = []
  try {
    const sources = await sourcesOf(app, target, path, file)
    await ingest(app, target, sources, (items) => {
      answered.push(...items.slice(0, ANSWERED_ITEMS - answered.length))
    })
  } finally {
    await app.files.discard(file.path)
  }
  return answered
}

function receiveFile(app: ImportApp, stream: Readable): Promise<ReceivedFile> {
  const { upload_bytes } = app.config.limits
  const tooLong = `One upload may have ${Math.round(upload_bytes / 1024 / 1024)} MiB. Split the archive, or use the command “npm run import”.`
  return receiveUpload(app.files, stream, upload_bytes, tooLong)
}

async function sourcesOf(
  app: ImportApp,
  target: ImportTarget,
  path: string,
  file: ReceivedFile,
): Promise<AsyncIterable<Incoming> | Incoming[]> {
  if (isLeftover(path)) {
    await raiseTotal(app.db, target.project.row.id, target.run.id, -1)
    return []
  }
  const place = placeOf(path)
  if ('refusal' in place) return [{ path: cleanPath(path), refusal: place.refusal }]
  if (await isZip(file.path, place.name)) return unpacked(app, target, { path: file.path, ...place })
  return [{ path: cleanPath(path), ...place, file: received(app, file) }]
}

/** A zip that does not claim to be something else. */
export async function isZip(path: string, name: string): Promise<boolean> {
  return sniff(await readHead(path)) === 'zip' && ['zip', null].includes(promisedType(name))
}

/** The files of a zip, one at a time. The total of the import grows by what is inside. */
export async function* unpacked(
  app: ImportApp,
  target: ImportTarget,
  zip: { path: string; folder: string; name: string },
): AsyncGenerator<Incoming> {
  const total = (by: number) => raiseTotal(app.db, target.project.row.id, target.run.id, by)
  let expected = 1
  let found = 0
  const onCount = async (entries: number) => {
    await total(entries - expected)
    expected = entries
  }
  try {
    for await (const entry of zipEntries(zip.path, app.config.limits, onCount)) {
      found++
      yield await fromZip(app, entry, zip)
    }
  } finally {
    // Folders and leftovers were counted, but are no files.
    await total(found - expected)
  }
}

async function fromZip(app: ImportApp, entry: ZipEntry, zip: { folder: string; name: string }): Promise<Incoming> {
  const inFolder = (path: string) => (zip.folder ? `${zip.folder}/${path}` : path)
  if (entry.path === '') return { path: inFolder(zip.name), refusal: 'refusal' in entry ? entry.refusal : '' }
  // Judged before it is put under the zip's own folder, which would hide that it is absolute.
  const inside = placeOf(entry.path)
  const path = cleanPath(inFolder(entry.path))
  if ('refusal' in inside) return { path, refusal: inside.refusal }
  if ('refusal' in entry) return { path, refusal: entry.refusal }
  const place = placeOf(inFolder(entry.path))
  if ('refusal' in place) return { path, refusal: place.refusal }
  try {
    const file = await receive(app.files, await entry.open(), app.config.limits.image_bytes)
    if (file.crc32 === entry.crc32) return { path, ...place, file: received(app, file) }
    await app.files.discard(file.path)
  } catch (error) {
    if (!isDamage(error)) throw error
  }
  return { path, refusal: 'The archive is damaged here: the file does not unpack to what it was.' }
}

/** Errors of the disk are ours; everything else came with the archive. */
const isDamage = (error: unknown) =>
  !['ENOSPC', 'EACCES', 'EIO', 'EMFILE', 'EROFS'].includes((error as { code?: string }).code ?? '')

function received(app: ImportApp, file: ReceivedFile): IncomingFile {
  return { hash: file.hash, size: file.size, copy: async () => file, discard: () => app.files.discard(file.path) }
}

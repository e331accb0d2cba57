// Images of folders and zips on this machine, as a sequence of incoming files. The originals stay as they are.
import { createHash } from 'node:crypto'
import { createReadStream, type Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { cleanPath, isLeftover, placeOf } from './file-names.ts'
import type { ImportApp, ImportTarget, Incoming, IncomingFile } from './image-import.ts'
import { isZip, unpacked } from './image-sources.ts'
import { receive } from './received-file.ts'

/** `path` as it is named in the project, relative to the folder; `at` on the disk. */
type FoundFile = { path: string; at: string; size: number }
export type Found = FoundFile | { path: string; refusal: string }

/** The files under a folder in the order of their names, or one file. Links to folders are not followed, so there are no circles. */
export async function* filesUnder(root: string): AsyncGenerator<Found> {
  const found = await stat(root)
  if (found.isDirectory()) yield* walk(root, '')
  else yield { path: basename(root), at: root, size: found.size }
}

async function* walk(root: string, folder: string): AsyncGenerator<Found> {
  const entries = await readdir(join(root, folder), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (isLeftover(path)) continue
    if (entry.isDirectory()) yield* walk(root, path)
    else yield await oneFile(root, path, entry)
  }
}

async function oneFile(root: string, path: string, entry: Dirent): Promise<Found> {
  const at = join(root, path)
  const target = await stat(at).catch(() => null)
  if (target === null) return { path, refusal: 'The file cannot be read.' }
  if (target.isFile()) return { path, at, size: target.size }
  return { path, refusal: entry.isSymbolicLink() ? 'A link to a folder is not followed.' : 'This is not a file.' }
}

/** Files as they go in; a zip becomes its entries. */
export async function* incomingFrom(
  app: ImportApp,
  target: ImportTarget,
  found: AsyncIterable<Found>,
  signal: AbortSignal,
): AsyncGenerator<Incoming> {
  for await (const file of found) {
    if (signal.aborted) return
    const path = cleanPath(file.path)
    if ('refusal' in file) {
      yield { path, refusal: file.refusal }
      continue
    }
    const place = placeOf(file.path)
    if ('refusal' in place) yield { path, refusal: place.refusal }
    else if (await isZip(file.at, place.name).catch(() => false))
      yield* untilAborted(unpacked(app, target, { path: file.at, ...place }), signal)
    else yield await fromDisk(app, file, { path, ...place })
  }
}

async function* untilAborted(entries: AsyncIterable<Incoming>, signal: AbortSignal): AsyncGenerator<Incoming> {
  for await (const entry of entries) {
    yield entry
    if (signal.aborted) return
  }
}

/** Hashed first, copied only when its bytes are new: a repeated import reads, but writes nothing. */
async function fromDisk(
  app: ImportApp,
  file: FoundFile,
  place: { path: string; folder: string; name: string },
): Promise<Incoming> {
  const { image_bytes } = app.config.limits
  if (file.size > image_bytes)
    return {
      path: place.path,
      refusal: `The file has ${Math.ceil(file.size / 1024 / 1024)} MiB. One image may have ${Math.round(image_bytes / 1024 / 1024)} MiB.`,
    }
  try {
    const hash = createHash('sha256')
    await pipeline(createReadStream(file.at), hash)
    return { ...place, file: onDisk(app, file, hash.digest('hex')) }
  } catch {
    return { path: place.path, refusal: 'The file cannot be read.' }
  }
}

function onDisk(app: ImportApp, { at, size }: FoundFile, hash: string): IncomingFile {
  let temporary: string | null = null
  return {
    hash,
    size,
    async copy() {
      const copy = await receive(app.files, createReadStream(at), app.config.limits.image_bytes)
      temporary = copy.path
      return copy
    },
    async discard() {
      if (temporary !== null) await app.files.discard(temporary)
    },
  }
}

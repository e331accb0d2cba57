// One received annotation file, or a zip of many, into drafts of items. Nothing is matched yet.
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { Failure } from '../../model/failure.ts'
import { outlineOf } from '../../model/shapes/outline.ts'
import type { App } from '../handler.ts'
import type { AnnotationItemDraft } from './annotation-queries.ts'
import { cleanPath } from './file-names.ts'
import { folderAndName, plainLine } from './file-text.ts'
import type { AnnotationFormat, Parse, ParsedImage } from './format.ts'
import { isZip } from './image-sources.ts'
import { APART_BYTES, readApart } from './read-apart.ts'
import type { Reader } from './reading-worker.ts'
import type { ReceivedFile } from './received-file.ts'
import { type ZipEntry, zipEntries } from './zip-entries.ts'

/** Items written at once, and about how many bytes of documents. */
const CHUNK_ITEMS = 500
const CHUNK_BYTES = 4 * 1024 * 1024

/** @param name path relative to what the person picked */
export async function* draftsOfUpload(
  app: App,
  format: AnnotationFormat,
  name: string,
  file: ReceivedFile,
): AsyncGenerator<AnnotationItemDraft[]> {
  if (!(await isZip(file.path, folderAndName(name).name)))
    yield* chunksOf(app, format, [{ path: name, size: file.size, read: () => readFile(file.path) }])
  else {
    const parse = await parserIn(app, format, file.path)
    if (typeof parse === 'string') yield* chunksOf(app, format, [{ path: name, refusal: parse }])
    else yield* chunksOf(app, { ...format, parse }, zippedFiles(app, format, name, file.path))
  }
}

/** The largest file that the others need. */
const BESIDE_BYTES = 1024 * 1024

/** How the files of a zip are read, by what lies beside them; a text says why they cannot be. */
async function parserIn(app: App, { beside, parse }: AnnotationFormat, zipPath: string): Promise<Parse | string> {
  if (!beside) return parse
  const rankOf = (path: string) => {
    const at = beside.paths.findIndex((p) => p.test(path))
    return at < 0 ? Number.POSITIVE_INFINITY : at * 1000 + path.split('/').length
  }
  let [best, found, refusal] = [Number.POSITIVE_INFINITY, null as OneFile | null, '']
  for await (const entry of zipEntries(zipPath, { ...app.config.limits, image_bytes: BESIDE_BYTES })) {
    const rank = rankOf(entry.path)
    if (entry.path === '' && 'refusal' in entry) refusal = entry.refusal
    if (rank >= best) continue
    best = rank
    found = 'open' in entry ? await openedNow(entry) : entry
  }
  if (!found) return refusal || `The archive holds no ${beside.what}, which says what its files mean.`
  if ('refusal' in found) return `${plainLine(found.path, 500)}: ${found.refusal}`
  try {
    return beside.read(plainLine(found.path, 500), await found.read())
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
}

/** An entry can be read only while its archive is open. */
async function openedNow({ path, size, open }: Extract<ZipEntry, { size: number }>): Promise<OneFile> {
  try {
    const bytes = await collect(await open(), size)
    return { path, size, read: async () => bytes }
  } catch (error) {
    if (isDamage(error)) return { path, refusal: DAMAGED }
    throw error
  }
}

const DAMAGED = 'The archive is damaged here: the file does not unpack to what it was.'

type OneFile = { path: string } & ({ refusal: string } | { size: number; read: () => Promise<Uint8Array> })

/** Entries of other types, e.g. the images beside the annotations, are passed over. */
async function* zippedFiles(
  app: App,
  format: AnnotationFormat,
  zipName: string,
  zipPath: string,
): AsyncGenerator<OneFile> {
  let found = 0
  for await (const entry of zipEntries(zipPath, { ...app.config.limits, image_bytes: format.max_bytes })) {
    const path = entry.path === '' ? zipName : cleanPath(entry.path)
    if (entry.path !== '' && !isOf(format, path)) continue
    yield 'open' in entry
      ? { path, size: entry.size, read: async () => collect(await entry.open(), entry.size) }
      : { path, refusal: entry.refusal }
    found++
  }
  if (found === 0)
    yield {
      path: zipName,
      refusal: `The archive holds no ${format.folders ? 'label ' : ''}file that ends in ${format.extensions.join(' or ')}.`,
    }
}

const isOf = ({ extensions, folders }: AnnotationFormat, path: string): boolean =>
  extensions.some((e) => path.toLowerCase().endsWith(e)) && (folders?.test(path) ?? true)

/** A stream of a zip entry never gives more than its header says, which was judged before. */
async function collect(stream: Readable, size: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(
    chunks,
    Math.min(
      size,
      chunks.reduce((sum, c) => sum + c.length, 0),
    ),
  )
}

async function* chunksOf(
  app: App,
  format: AnnotationFormat,
  files: AsyncIterable<OneFile> | Iterable<OneFile>,
): AsyncGenerator<AnnotationItemDraft[]> {
  let chunk: AnnotationItemDraft[] = []
  let weight = 0
  for await (const file of files)
    for await (const drafts of draftsOf(app, format, file))
      for (const draft of drafts) {
        chunk.push(draft)
        weight += weightOf(draft)
        if (chunk.length < CHUNK_ITEMS && weight < CHUNK_BYTES) continue
        yield chunk
        chunk = []
        weight = 0
      }
  if (chunk.length > 0) yield chunk
}

/** Bytes of a document, about: coordinates are what fills it. */
function weightOf({ document }: AnnotationItemDraft): number {
  if (!('objects' in document)) return 100
  return document.objects.reduce(
    (sum, { shape }) => sum + (shape.type === 'mask' ? shape.counts.length : 40 * outlineOf(shape).flat().length),
    500,
  )
}

/** One item per image that the file speaks of, or one that says why it cannot be read. */
async function* draftsOf(app: App, format: AnnotationFormat, file: OneFile): AsyncGenerator<AnnotationItemDraft[]> {
  const source = plainLine(cleanPath(file.path), 1000)
  const place = { source, upload: randomUUID() }
  const rejected = (reason: string): AnnotationItemDraft[] => [
    { name: source, outcome: 'rejected', reason, document: place },
  ]
  if ('refusal' in file) return yield rejected(file.refusal)
  const max = Math.min(format.max_bytes, app.config.limits.annotation_bytes)
  if (file.size > max)
    return yield rejected(
      `The file has ${Math.ceil(file.size / 1024 / 1024)} MiB. One ${format.title} file may have ${Math.round(max / 1024 / 1024)} MiB.`,
    )
  const nameOf = (image: ParsedImage, total: number) =>
    total === 1 ? source : `${source}: ${plainLine(image.names[0] ?? 'images that the file does not list', 500)}`
  try {
    for await (const { images, total } of imagesOf(format, source, file))
      yield images.map((image) => ({
        name: nameOf(image, total),
        outcome: 'read',
        reason: null,
        document: { ...image, ...place },
      }))
  } catch (error) {
    if (error instanceof Failure) return yield rejected(error.message)
    if (isDamage(error)) return yield rejected(DAMAGED)
    throw error
  }
}

async function* imagesOf(format: AnnotationFormat, source: string, { size, read }: Extract<OneFile, { size: number }>) {
  // How files are read by what lies beside them no other thread knows.
  if (size > APART_BYTES && !format.beside) yield* readApart<ParsedImage>(format.name as Reader, source, read)
  else {
    const images = format.parse(source, await read())
    yield { images, total: images.length }
  }
}

/** zlib and yauzl say what is wrong with an archive; everything else is ours. */
const isDamage = (error: unknown) => {
  const code = (error as { code?: string }).code
  return (
    code?.startsWith('Z_') === true ||
    (code === undefined && /bytes in the stream|invalid|corrupt|unexpected/i.test((error as Error).message))
  )
}

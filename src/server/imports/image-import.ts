// Images into a project: whatever the source (an upload, the files of a zip, a folder on the server), they come
// as a sequence of incoming files and go in chunk by chunk, one transaction each.
import { Failure } from '../../model/failure.ts'
import { firstOfKind } from '../../model/workflow.ts'
import type { Tx } from '../db/connect.ts'
import type { App, ProjectScope } from '../handler.ts'
import { type Actor, createTasks } from '../history/record.ts'
import { inspectImage } from '../images/inspect.ts'
import {
  type AssetDraft,
  assetsByHash,
  countItems,
  type ItemDraft,
  insertAssets,
  insertItems,
} from './ingest-queries.ts'
import { type ImportItem, type ImportRow, knownHashes } from './queries.ts'

/** What an import needs of the app; the command line has no server around it. */
export type ImportApp = Pick<App, 'config' | 'db' | 'files'>
export type ImportTarget = { project: ProjectScope; run: ImportRow; actor: Actor }

/** `file.copy` brings bytes that lie elsewhere into a temporary file, which is then adopted or discarded. */
export type IncomingFile = {
  hash: string
  size: number
  copy: () => Promise<{ path: string; hash: string }>
  discard: () => Promise<void>
}
export type Incoming = { path: string } & ({ refusal: string } | { folder: string; name: string; file: IncomingFile })

/** A chunk is one transaction and the most that lies in temporary files at once. */
const CHUNK_FILES = 50
const CHUNK_BYTES = 256 * 1024 * 1024

/** @throws Failure already_finished when the import was closed meanwhile; what is in stays in */
export async function ingest(
  app: ImportApp,
  target: ImportTarget,
  incoming: AsyncIterable<Incoming> | Iterable<Incoming>,
  onItems: (items: ImportItem[]) => void,
): Promise<void> {
  for await (const chunk of chunks(incoming)) {
    try {
      onItems(await ingestChunk(app, target, chunk))
    } finally {
      for (const one of chunk) if ('file' in one) await one.file.discard()
    }
  }
}

async function* chunks(incoming: AsyncIterable<Incoming> | Iterable<Incoming>): AsyncGenerator<Incoming[]> {
  let chunk: Incoming[] = []
  let bytes = 0
  try {
    for await (const one of incoming) {
      chunk.push(one)
      bytes += 'file' in one ? one.file.size : 0
      if (chunk.length < CHUNK_FILES && bytes < CHUNK_BYTES) continue
      const full = chunk
      chunk = []
      bytes = 0
      yield full
    }
    const rest = chunk
    chunk = []
    if (rest.length > 0) yield rest
  } finally {
    for (const one of chunk) if ('file' in one) await one.file.discard()
  }
}

/** An incoming file after a look inside: to be refused, the bytes of an asset that is here, or a new asset. */
type Judged = { path: string } & ({ refusal: string } | { hash: string; draft: AssetDraft | null })

async function ingestChunk(app: ImportApp, target: ImportTarget, chunk: readonly Incoming[]): Promise<ImportItem[]> {
  const hashes = chunk.flatMap((one) => ('file' in one ? [one.file.hash] : []))
  const known = new Set(await knownHashes(app.db, target.project.row.id, hashes))
  const judged = await Promise.all(chunk.map((one) => judge(app, one, known)))
  return app.db.transaction().execute((tx) => storeChunk(tx, target, judged))
}

async function judge(app: ImportApp, one: Incoming, known: ReadonlySet<string>): Promise<Judged> {
  const { path } = one
  if ('refusal' in one) return { path, refusal: one.refusal }
  const { file, name, folder } = one
  if (known.has(file.hash)) return { path, hash: file.hash, draft: null }
  const temporary = await file.copy()
  if (temporary.hash !== file.hash) return { path, refusal: 'The file changed while it was read. Import it again.' }
  const inspected = await inspectImage(temporary.path, name, app.config.limits)
  if ('refusal' in inspected) return { path, refusal: inspected.refusal }
  // Bytes first, row second: a row never points to nothing, and bytes without a row are taken over by the next import.
  await app.files.adopt('originals', file.hash, temporary.path)
  return { path, hash: file.hash, draft: { name, folder, content_hash: file.hash, byte_size: file.size, ...inspected } }
}

async function storeChunk(tx: Tx, target: ImportTarget, judged: readonly Judged[]): Promise<ImportItem[]> {
  const { project, run } = target
  const created = await createAssets(tx, target, judged)
  const stored = await assetsByHash(
    tx,
    project.row.id,
    judged.flatMap((j) => ('hash' in j ? [j.hash] : [])),
  )
  const storedByHash = new Map(stored.map((asset) => [asset.content_hash, asset]))
  const items = judged.map((j): ItemDraft => {
    const { path: name } = j
    if ('refusal' in j) return { name, outcome: 'rejected', reason: j.refusal, task_id: null, asset_id: null }
    const asset = storedByHash.get(j.hash)
    if (!asset) throw new Error(`asset ${j.hash} is neither new nor here`)
    const is = { name, task_id: asset.task_id, asset_id: asset.id }
    // The first of a chunk with these bytes made the asset; others of the chunk are its duplicates.
    if (created.delete(j.hash)) return { ...is, outcome: 'created', reason: null }
    return {
      ...is,
      outcome: 'duplicate',
      reason: `The same bytes are here as “${asset.folder ? `${asset.folder}/` : ''}${asset.name}”.`,
    }
  })
  const withNumbers = await insertItems(tx, project.row.id, run.id, items)
  const isOpen = await countItems(tx, project.row.id, run.id, items)
  if (!isOpen) throw new Failure('already_finished', 'This import was finished or cancelled; begin a new one.')
  return withNumbers
}

/** New assets with their tasks. @returns the content hashes of the new ones */
async function createAssets(
  tx: Tx,
  { project, run, actor }: ImportTarget,
  judged: readonly Judged[],
): Promise<Set<string>> {
  // Of several files with the same bytes in one chunk the first gives the name.
  const drafts = new Map<string, AssetDraft>()
  for (const j of judged) if ('hash' in j && j.draft && !drafts.has(j.hash)) drafts.set(j.hash, j.draft)
  const inserted = await insertAssets(tx, project.row.id, [...drafts.values()])
  const stage = firstOfKind(project.workflow, project.row.release_on_import ? 'label' : 'prepare')
  const tasks = inserted.map(({ id, content_hash }) => {
    const { name, folder, width, height } = drafts.get(content_hash) as AssetDraft
    return {
      asset_id: id,
      name,
      folder,
      width,
      height,
      stage_id: stage.id,
      priority: run.priority,
      batch_id: run.batch_id,
    }
  })
  await createTasks(tx, project.row.id, { actor, at: new Date().toISOString(), operation_id: null }, tasks)
  return new Set(inserted.map((asset) => asset.content_hash))
}

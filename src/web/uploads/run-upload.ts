// Runs one upload of images: ask what is known, send the rest four at a time, close the import.
import i18next from 'i18next'
import { ApiError } from '../../contract/client.ts'
import { api, isPassing, queryClient } from '../api.ts'
import { beforeSignOut } from '../before-sign-out.ts'
import { onPersonGone } from '../person-here.ts'
import { messageOf } from '../ui/ErrorState.tsx'
import { ASK_AT_ONCE, unknownFiles } from './known-files.ts'
import { isAbort, isFatal, patiently } from './patiently.ts'
import { sendFile } from './send-file.ts'
import {
  addUpload,
  changeUpload,
  dismissUpload,
  ITEMS_KEPT,
  type PickedFile,
  type Upload,
  type UploadItem,
  uploadById,
} from './upload-store.ts'

/** Browsers open six connections to one host; two stay free for the page itself. */
const AT_ONCE = 4
const REFRESH_MS = 4000

type Options = {
  project_id: number
  project_name: string
  files: readonly PickedFile[]
  batch_name: string | null
  priority: number
}
/** One upload while it runs. */
type Run = {
  id: number
  project_id: number
  /** Files without an outcome. */
  left: Set<PickedFile>
  stop: AbortController
}
const running = new Map<number, { stop: AbortController; end: Promise<void> }>()

/** Begins an upload and returns at once; its state is in the store. */
export function startUpload({ files, ...fields }: Options): void {
  const { project_id } = fields
  const id = addUpload({
    ...fields,
    total: files.length,
    bytes_total: files.reduce((sum, { file }) => sum + file.size, 0),
  })
  const stop = new AbortController()
  // The counts follow while the rest is on its way; a gallery offers what is new, see pages/assets/NewImages.tsx.
  const refresh = setInterval(
    () => void queryClient.invalidateQueries({ queryKey: ['project', project_id, 'summary'] }),
    REFRESH_MS,
  )
  const end = run({ id, project_id, left: new Set(files), stop }).finally(() => {
    clearInterval(refresh)
    running.delete(id)
    void queryClient.invalidateQueries({ queryKey: ['project', project_id] })
    void queryClient.invalidateQueries({ queryKey: ['projects'] })
  })
  running.set(id, { stop, end })
}

/** Stops sending; what is in stays in. */
export function cancelUpload(id: number): void {
  running.get(id)?.stop.abort()
}

/** Sends what has no outcome once more, as a new upload. */
export function repeatUpload(upload: Upload): void {
  const { project_id, project_name, batch_name, priority, remaining } = upload
  forgetUpload(upload)
  startUpload({ project_id, project_name, batch_name, priority, files: remaining })
}

/** Takes an upload that ended off the screen. */
export function forgetUpload(upload: Upload): void {
  // When it failed, the server may not have heard of it.
  if (upload.phase === 'failed') void cancelImport(upload.project_id, upload.import_id)
  dismissUpload(upload.id)
}

const stopAll = () => {
  for (const { stop } of running.values()) stop.abort()
}
// Files that wait for a connection would go in as another person's.
onPersonGone(stopAll)
// Without the session nothing more would go in.
beforeSignOut(async () => {
  if (running.size === 0) return true
  if (!window.confirm(i18next.t('upload.sign_out'))) return false
  const all = [...running.values()]
  stopAll()
  await Promise.all(all.map(({ end }) => end))
  return true
})

async function run(upload: Run): Promise<void> {
  const { id, project_id, left, stop } = upload
  try {
    const chunks = chunksOf([...left], ASK_AT_ONCE)
    let next = check(upload, chunks[0] ?? [])
    for (let i = 0; i < chunks.length; i++) {
      const toSend = await next
      // The next files are hashed while these are sent.
      next = check(upload, chunks[i + 1] ?? [])
      next.catch(() => {})
      if (toSend.length > 0) await sendAll(upload, await importOf(id), toSend)
    }
    await finishImport(upload)
    changeUpload(id, () => ({ phase: 'done', remaining: [...left] }))
  } catch (error) {
    stop.abort()
    changeUpload(id, () =>
      isAbort(error) ? { phase: 'cancelled' } : { phase: 'failed', error: messageOf(error), remaining: [...left] },
    )
    await cancelImport(project_id, uploadById(id)?.import_id ?? null)
  }
}

async function finishImport({ id, project_id, stop }: Run): Promise<void> {
  const import_id = uploadById(id)?.import_id
  if (!import_id) return
  await patiently(() => api.finish_import({ project_id, import_id }), stop.signal).catch((error) => {
    // Somebody closed it, or an earlier try did, whose answer was lost: everything is in.
    if (!(error instanceof ApiError && error.status === 409)) throw error
  })
}

/** Says that no more files come; what is in stays in. */
async function cancelImport(project_id: number, import_id: number | null): Promise<void> {
  if (import_id !== null) await api.cancel_import({ project_id, import_id }).catch(() => {})
}

/** The import of this upload, begun when the first file is really sent. */
async function importOf(id: number): Promise<number> {
  const upload = uploadById(id)
  if (!upload) throw new Error(`upload ${id} is gone`)
  if (upload.import_id) return upload.import_id
  const { project_id, batch_name, priority, total } = upload
  const begun = await api.create_import({
    project_id,
    kind: 'images',
    total,
    priority,
    ...(batch_name ? { batch_name } : {}),
  })
  changeUpload(id, () => ({ import_id: begun.id, phase: 'sending' }))
  return begun.id
}

async function check({ id, project_id, left, stop }: Run, files: readonly PickedFile[]): Promise<PickedFile[]> {
  const unknown = await unknownFiles(project_id, files, stop.signal)
  stop.signal.throwIfAborted()
  const known = files.filter((f) => !unknown.has(f))
  for (const picked of known) left.delete(picked)
  changeUpload(id, (u) => ({
    checked: u.checked + files.length,
    bytes_sent: u.bytes_sent + known.reduce((sum, f) => sum + f.file.size, 0),
    ...withItems(
      u,
      known.map((f) => ({ name: f.path, state: 'duplicate', reason: null })),
      known.length,
    ),
  }))
  return [...unknown]
}

async function sendAll(upload: Run, import_id: number, files: readonly PickedFile[]): Promise<void> {
  const queue = [...files]
  const sender = async () => {
    for (let picked = queue.shift(); picked; picked = queue.shift()) await sendOne(upload, import_id, picked)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sender))
}

async function sendOne({ id, project_id, left, stop }: Run, import_id: number, picked: PickedFile): Promise<void> {
  let counted = 0
  const count = (bytes: number) => {
    const added = Math.min(bytes, picked.file.size) - counted
    counted += added
    changeUpload(id, (u) => ({ bytes_sent: u.bytes_sent + added }))
  }
  const send = () => {
    count(0)
    return sendFile({ project_id, import_id, name: picked.path }, picked.file, stop.signal, count)
  }
  try {
    const { items } = await patiently(send, stop.signal)
    count(picked.file.size)
    left.delete(picked)
    const results = items.map(
      (i): UploadItem => ({
        name: i.name,
        state: i.outcome === 'created' || i.outcome === 'duplicate' ? i.outcome : 'rejected',
        reason: i.reason,
      }),
    )
    changeUpload(id, (u) => withItems(u, results, 1))
  } catch (error) {
    if (isFatal(error)) throw error
    count(0)
    const isRefused = !isPassing(error)
    if (isRefused) left.delete(picked)
    const item: UploadItem = { name: picked.path, state: isRefused ? 'rejected' : 'failed', reason: messageOf(error) }
    changeUpload(id, (u) => withItems(u, [item], 1))
  }
}

function withItems(
  upload: Upload,
  added: readonly UploadItem[],
  files: number,
): Pick<Upload, 'items' | 'counts' | 'finished'> {
  const counts = { ...upload.counts }
  for (const { state } of added) if (state !== 'waiting' && state !== 'sending') counts[state]++
  return { counts, finished: upload.finished + files, items: kept([...added, ...upload.items]) }
}

/** Problems matter most: they are kept when there are too many to keep all. */
function kept(items: readonly UploadItem[]): readonly UploadItem[] {
  if (items.length <= ITEMS_KEPT) return items
  const isProblem = (i: UploadItem) => i.state === 'rejected' || i.state === 'failed'
  return [...items.filter(isProblem), ...items.filter((i) => !isProblem(i))].slice(0, ITEMS_KEPT)
}

function chunksOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}

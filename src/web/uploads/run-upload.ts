// Runs one upload of images: ask what is known, send the rest four at a time, close the import.
import { ApiError } from '../../contract/client.ts'
import { api, isPassing, queryClient } from '../api.ts'
import { messageOf } from '../ui/ErrorState.tsx'
import { ASK_AT_ONCE, unknownFiles } from './known-files.ts'
import { sendFile } from './send-file.ts'
import {
  addUpload,
  changeUpload,
  ITEMS_KEPT,
  type PickedFile,
  type Upload,
  type UploadItem,
  uploadById,
} from './upload-store.ts'

/** Browsers open six connections to one host; two stay free for the page itself. */
const AT_ONCE = 4
const TRIES = 3
const WAIT_BEFORE_RETRY_MS = 1500
const REFRESH_MS = 4000

type Options = {
  project_id: number
  project_name: string
  files: readonly PickedFile[]
  batch_name: string | null
  priority: number
}
const running = new Map<number, AbortController>()

/** Begins an upload and returns at once; its state is in the store. */
export function startUpload({ files, ...fields }: Options): void {
  const id = addUpload({
    ...fields,
    total: files.length,
    bytes_total: files.reduce((sum, { file }) => sum + file.size, 0),
  })
  const stop = new AbortController()
  running.set(id, stop)
  const refresh = setInterval(() => refreshViews(fields.project_id), REFRESH_MS)
  void run(id, files, stop).finally(() => {
    clearInterval(refresh)
    running.delete(id)
    void queryClient.invalidateQueries({ queryKey: ['project', fields.project_id] })
    void queryClient.invalidateQueries({ queryKey: ['projects'] })
  })
}

/** The new assets appear while the rest is on its way. */
function refreshViews(project_id: number): void {
  for (const view of ['assets', 'summary'])
    void queryClient.invalidateQueries({ queryKey: ['project', project_id, view] })
}

/** Stops sending; what is in stays in. */
export function cancelUpload(id: number): void {
  running.get(id)?.abort()
}

/** Sends what failed once more, as a new upload. */
export function repeatUpload(upload: Upload): void {
  const { project_id, project_name, batch_name, priority, remaining } = upload
  startUpload({ project_id, project_name, batch_name, priority, files: remaining })
}

async function run(id: number, files: readonly PickedFile[], stop: AbortController): Promise<void> {
  const project_id = uploadById(id)?.project_id ?? 0
  try {
    const chunks = chunksOf(files, ASK_AT_ONCE)
    let next = check(id, chunks[0] ?? [], stop.signal)
    for (let i = 0; i < chunks.length; i++) {
      const toSend = await next
      // The next files are hashed while these are sent.
      next = check(id, chunks[i + 1] ?? [], stop.signal)
      next.catch(() => {})
      if (toSend.length > 0) await sendAll(id, await importOf(id), toSend, stop)
    }
    await finish(id, 'done')
  } catch (error) {
    stop.abort()
    const import_id = uploadById(id)?.import_id
    const isCancelled = error instanceof DOMException && error.name === 'AbortError'
    if (isCancelled && import_id) await api.cancel_import({ project_id, import_id }).catch(() => {})
    changeUpload(id, () => (isCancelled ? { phase: 'cancelled' } : { phase: 'failed', error: messageOf(error) }))
  }
}

async function finish(id: number, phase: 'done'): Promise<void> {
  const upload = uploadById(id)
  if (upload?.import_id) await api.finish_import({ project_id: upload.project_id, import_id: upload.import_id })
  changeUpload(id, () => ({ phase }))
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

async function check(id: number, files: readonly PickedFile[], signal: AbortSignal): Promise<PickedFile[]> {
  const project_id = uploadById(id)?.project_id ?? 0
  const unknown = await unknownFiles(project_id, files, signal)
  signal.throwIfAborted()
  const known = files.filter((f) => !unknown.has(f))
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

async function sendAll(
  id: number,
  import_id: number,
  files: readonly PickedFile[],
  stop: AbortController,
): Promise<void> {
  const queue = [...files]
  const sender = async () => {
    for (let picked = queue.shift(); picked; picked = queue.shift()) await sendOne(id, import_id, picked, stop.signal)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sender))
}

async function sendOne(id: number, import_id: number, picked: PickedFile, signal: AbortSignal): Promise<void> {
  const project_id = uploadById(id)?.project_id ?? 0
  let counted = 0
  const count = (bytes: number) => {
    const added = Math.min(bytes, picked.file.size) - counted
    counted += added
    changeUpload(id, (u) => ({ bytes_sent: u.bytes_sent + added }))
  }
  for (let attempt = 1; ; attempt++) {
    try {
      const { items } = await sendFile({ project_id, import_id, name: picked.path }, picked.file, signal, count)
      count(picked.file.size)
      const results = items.map(
        (i): UploadItem => ({
          name: i.name,
          state: i.outcome === 'created' || i.outcome === 'duplicate' ? i.outcome : 'rejected',
          reason: i.reason,
        }),
      )
      return changeUpload(id, (u) => withItems(u, results, 1))
    } catch (error) {
      if (isFatal(error)) throw error
      count(0)
      if (isPassing(error) && attempt < TRIES) await wait(WAIT_BEFORE_RETRY_MS * attempt, signal)
      else return noteFailure(id, picked, error)
    }
  }
}

/** Nothing more can be sent: cancelled, signed out, or the import was closed or lost its project. */
function isFatal(error: unknown): boolean {
  if (error instanceof DOMException && error.name === 'AbortError') return true
  return error instanceof ApiError && [401, 403, 404, 409].includes(error.status)
}

function noteFailure(id: number, picked: PickedFile, error: unknown): void {
  const isFile = error instanceof ApiError && !isPassing(error)
  const item: UploadItem = { name: picked.path, state: isFile ? 'rejected' : 'failed', reason: messageOf(error) }
  changeUpload(id, (u) => ({ ...withItems(u, [item], 1), remaining: isFile ? u.remaining : [...u.remaining, picked] }))
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

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        reject(new DOMException('Cancelled', 'AbortError'))
      },
      { once: true },
    )
  })
}

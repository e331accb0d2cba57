// uploads/: sending files. It lives above the routes, so that it goes on while a person moves around the app.
// This file: the list of uploads, as a store for React; how one runs is run-upload.ts.
import { useSyncExternalStore } from 'react'
import { onPersonGone } from '../person-here.ts'

export type FileState = 'waiting' | 'sending' | 'created' | 'duplicate' | 'rejected' | 'failed'
/** A file as it was picked, with its path relative to the picked folder. */
export type PickedFile = { file: File; path: string }
/** What became of one file (a zip gives many). */
export type UploadItem = { name: string; state: FileState; reason: string | null }

export type Upload = {
  id: number
  project_id: number
  project_name: string
  phase: 'checking' | 'sending' | 'done' | 'cancelled' | 'failed'
  batch_name: string | null
  priority: number
  /** Of the files as picked. */
  total: number
  checked: number
  finished: number
  bytes_total: number
  bytes_sent: number
  counts: { created: number; duplicate: number; rejected: number; failed: number }
  /** Newest first, at most ITEMS_KEPT; problems are kept before the rest. */
  items: readonly UploadItem[]
  import_id: number | null
  error: string | null
  /** When it ended: files without an outcome, to be sent again. */
  remaining: readonly PickedFile[]
}

export const ITEMS_KEPT = 500

let uploads: readonly Upload[] = []
let nextId = 1
const listeners = new Set<() => void>()

export function addUpload(
  fields: Pick<Upload, 'project_id' | 'project_name' | 'batch_name' | 'priority' | 'total' | 'bytes_total'>,
): number {
  const id = nextId++
  const counts = { created: 0, duplicate: 0, rejected: 0, failed: 0 }
  publish([
    {
      ...fields,
      id,
      phase: 'checking',
      checked: 0,
      finished: 0,
      bytes_sent: 0,
      counts,
      items: [],
      import_id: null,
      error: null,
      remaining: [],
    },
    ...uploads,
  ])
  return id
}

export function changeUpload(id: number, change: (upload: Upload) => Partial<Upload>): void {
  publish(uploads.map((u) => (u.id === id ? { ...u, ...change(u) } : u)))
}

export function dismissUpload(id: number): void {
  publish(uploads.filter((u) => u.id !== id))
}

/** For whoever signs in next. */
export function clearUploads(): void {
  publish([])
}
onPersonGone(clearUploads)

export function uploadById(id: number): Upload | undefined {
  return uploads.find((u) => u.id === id)
}

export const isRunning = (u: Upload): boolean => u.phase === 'checking' || u.phase === 'sending'

export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(subscribe, () => uploads)
}

/** Images that uploads of this tab added to a project. */
export function useUploaded(project_id: number): number {
  return useSyncExternalStore(subscribe, () =>
    uploads.reduce((sum, u) => (u.project_id === project_id ? sum + u.counts.created : sum), 0),
  )
}

/** Only whether there is one, so that the frame is not drawn anew with each byte. */
export function useHasUploads(): boolean {
  return useSyncExternalStore(subscribe, () => uploads.length > 0)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Four files report progress many times a second; the page is told at most every 80 ms. */
const TELL_EVERY_MS = 80
let telling = false

function publish(next: readonly Upload[]): void {
  uploads = next
  if (!telling) {
    telling = true
    setTimeout(tell, TELL_EVERY_MS)
  }
}

function tell(): void {
  telling = false
  for (const listener of listeners) listener()
  window.removeEventListener('beforeunload', warn)
  if (uploads.some(isRunning)) window.addEventListener('beforeunload', warn)
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

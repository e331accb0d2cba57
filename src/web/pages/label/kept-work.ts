// Unsaved work, kept in this browser until the server has it: a crash, a dead battery or a closed lid loses nothing.
// One entry for each person, task and editing session. Where the browser has no store, it keeps nothing, and `keep` says so.
import type { AnnotationDocument } from '../../../model/annotation.ts'

export type Place = { person_id: number; project_id: number; task_id: number }
export type Kept = Place & { session_id: string; document: AnnotationDocument; moment: number }

export type KeptWork = {
  /** Newest first. */
  of(place: Place): Promise<Kept[]>
  /** @returns whether it is kept */
  keep(kept: Kept): Promise<boolean>
  drop(kept: Place & { session_id: string }): Promise<void>
}

const DATABASE = 'pixlhub'
const STORE = 'kept_work'
const DAYS = 30

/** Opened once for the page, and anew when the browser has closed it. */
let opening: Promise<IDBDatabase> | null = null

function openStore(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () =>
      request.result.createObjectStore(STORE, { keyPath: ['person_id', 'project_id', 'task_id', 'session_id'] })
    request.onsuccess = () => {
      request.result.onclose = forgetStore
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
  })
  return opening
}

function forgetStore(): void {
  opening?.then(
    (store) => store.close(),
    () => undefined,
  )
  opening = null
}

type Work<T> = (store: IDBObjectStore) => IDBRequest<T>

async function once<T>(mode: IDBTransactionMode, work: Work<T>): Promise<{ found: T }> {
  const transaction = (await openStore()).transaction(STORE, mode, { durability: 'relaxed' })
  return new Promise((resolve, reject) => {
    const request = work(transaction.objectStore(STORE))
    // A full disk shows only at the end.
    transaction.oncomplete = () => resolve({ found: request.result })
    transaction.onabort = () => reject(transaction.error)
  })
}

/** @returns null if it did not work, on a new connection either */
async function inStore<T>(mode: IDBTransactionMode, work: Work<T>): Promise<{ found: T } | null> {
  try {
    return await once(mode, work).catch(() => {
      forgetStore()
      return once(mode, work)
    })
  } catch {
    forgetStore()
    return null
  }
}

export const browserKeptWork: KeptWork = {
  async of({ person_id, project_id, task_id }) {
    const place = [person_id, project_id, task_id]
    // An array is greater than any text, so this takes in all sessions.
    const range = IDBKeyRange.bound(place, [...place, []])
    const found = ((await inStore('readonly', (store) => store.getAll(range)))?.found ?? []) as Kept[]
    const oldest = Date.now() - DAYS * 86_400_000
    for (const kept of found) if (kept.moment < oldest) void browserKeptWork.drop(kept)
    return found.filter((kept) => kept.moment >= oldest).sort((a, b) => b.moment - a.moment)
  },
  async keep(kept) {
    return (await inStore('readwrite', (store) => store.put(kept))) !== null
  },
  async drop({ person_id, project_id, task_id, session_id }) {
    await inStore('readwrite', (store) => store.delete([person_id, project_id, task_id, session_id]))
  },
}

// The documents that were saved last, by revision: what changed since is put upon them without reading back from the database
// what was written a moment ago. Revisions never change, so what is kept here is never out of date; a copy, the database is
// the truth.
import type { AnnotationDocument } from '../../model/annotation.ts'
import type { Database, Queryable } from '../db/connect.ts'
import { EMPTY_DOCUMENT } from './queries.ts'
import { revisionById } from './revision-queries.ts'

/** As JSON text; in memory it is about three times that, with the text of each object. */
const MOST_BYTES = 16 * 1024 * 1024

type Kept = { revision_id: number; document: AnnotationDocument; bytes: number }

class RecentDocuments {
  /** One for each task, the longest unused first. */
  readonly #kept = new Map<string, Kept>()
  #bytes = 0

  get(task: string, revision_id: number): AnnotationDocument | null {
    const kept = this.#kept.get(task)
    return kept?.revision_id === revision_id ? kept.document : null
  }

  keep(task: string, kept: Kept): void {
    this.#bytes += kept.bytes - (this.#kept.get(task)?.bytes ?? 0)
    this.#kept.delete(task)
    this.#kept.set(task, kept)
    for (const [oldest, { bytes }] of this.#kept) {
      if (this.#bytes <= MOST_BYTES) break
      this.#kept.delete(oldest)
      this.#bytes -= bytes
    }
  }
}

/** For each database, so that the apps of tests do not mix. */
const recent = new WeakMap<Database, RecentDocuments>()
const taskKey = (project_id: number, task_id: number) => `${project_id}/${task_id}`

/** The document of a task's revision, from memory if it was saved lately; null if it is not kept. It must not be changed. */
export async function documentFrom(
  db: Database,
  tx: Queryable,
  { project_id, task_id, revision_id }: { project_id: number; task_id: number; revision_id: number | null },
): Promise<AnnotationDocument | null> {
  if (revision_id === null) return EMPTY_DOCUMENT
  const known = recent.get(db)?.get(taskKey(project_id, task_id), revision_id)
  return known ?? revisionById(tx, project_id, task_id, revision_id)
}

/** Call it once the transaction is through. */
export function keepDocument(db: Database, at: { project_id: number; task_id: number }, kept: Kept): void {
  let documents = recent.get(db)
  if (!documents) {
    documents = new RecentDocuments()
    recent.set(db, documents)
  }
  documents.keep(taskKey(at.project_id, at.task_id), kept)
}

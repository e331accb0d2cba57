// Work that did not get into the task and may be put back: kept by this browser, or by the server as a draft.
import type { AnnotationDocument } from '../../../model/annotation.ts'
import { remember, remembered } from '../../browser-storage.ts'
import type { Opened } from './held-task.ts'
import type { Kept, KeptWork, Place } from './kept-work.ts'
import { sameDocument } from './same-document.ts'

export type Offer =
  | { kind: 'kept'; kept: Kept; object_count: number; moment: string }
  | { kind: 'draft'; id: number; document: AnnotationDocument; object_count: number; moment: string }
  /** `document` was put back; `previous` is what stood there. */
  | { kind: 'restored'; previous: AnnotationDocument; document: AnnotationDocument; object_count: number }

const SEEN_KEY = 'pixlhub-drafts-seen'
const MOST_SEEN = 200

/** Drafts that were put back or declined here; the server lists them for 30 days. */
export const seenDrafts = {
  has: (id: number): boolean => readSeen().includes(id),
  add(id: number): void {
    remember(SEEN_KEY, JSON.stringify([id, ...readSeen()].slice(0, MOST_SEEN)))
  },
}

function readSeen(): number[] {
  try {
    const seen: unknown = JSON.parse(remembered(SEEN_KEY) ?? '[]')
    return Array.isArray(seen) ? seen.filter((id) => typeof id === 'number') : []
  } catch {
    return []
  }
}

type Sources = {
  keptWork: KeptWork
  seen: typeof seenDrafts
  getDraft: (id: number) => Promise<AnnotationDocument>
}

/**
 * What the browser kept comes first: it is the newest. Work that says what the task has anyway is not offered.
 * @param restored what the task has besides what it was opened with
 */
export async function findOffer(
  { keptWork, seen, getDraft }: Sources,
  place: Place,
  opened: Opened,
  restored: AnnotationDocument = opened.document,
): Promise<Offer | null> {
  const isKnown = (document: AnnotationDocument) =>
    sameDocument(document, opened.document) || sameDocument(document, restored)
  for (const kept of await keptWork.of(place)) {
    if (kept.session_id === opened.session_id) continue
    const { objects } = kept.document
    if (!isKnown(kept.document))
      return { kind: 'kept', kept, object_count: objects.length, moment: new Date(kept.moment).toISOString() }
    await keptWork.drop(kept)
  }
  for (const draft of opened.drafts.filter((d) => !seen.has(d.id))) {
    const document = await getDraft(draft.id)
    if (!isKnown(document))
      return { kind: 'draft', id: draft.id, document, object_count: draft.object_count, moment: draft.created_at }
    seen.add(draft.id)
  }
  return null
}

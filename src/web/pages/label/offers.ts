// Work that did not get into the task and may be put back: kept by this browser, or by the server as a draft.
import type { AnnotationDocument } from '../../../model/annotation.ts'
import type { Opened } from './held-task.ts'
import type { Kept, KeptWork, Place } from './kept-work.ts'
import { sameDocument } from './same-document.ts'

export type Offer =
  | { kind: 'kept'; kept: Kept; object_count: number; moment: string }
  | { kind: 'draft'; id: number; object_count: number; moment: string }
  /** Was put back; `previous` is what stood there. */
  | { kind: 'restored'; previous: AnnotationDocument; object_count: number }

const SEEN_KEY = 'pixlhub-drafts-seen'
const MOST_SEEN = 200

/** Drafts that were put back or declined here; the server lists them for 30 days. */
export const seenDrafts = {
  has: (id: number): boolean => readSeen().includes(id),
  add(id: number): void {
    try {
      localStorage.setItem(SEEN_KEY, JSON.stringify([id, ...readSeen()].slice(0, MOST_SEEN)))
    } catch {
      // Asked again next time; no harm.
    }
  },
}

function readSeen(): number[] {
  try {
    const seen: unknown = JSON.parse(localStorage.getItem(SEEN_KEY) ?? '[]')
    return Array.isArray(seen) ? seen.filter((id) => typeof id === 'number') : []
  } catch {
    return []
  }
}

/** What the browser kept comes first: it is the newest. Kept work that says what the task has anyway is dropped. */
export async function findOffer(
  keptWork: KeptWork,
  seen: Pick<typeof seenDrafts, 'has'>,
  place: Place,
  opened: Pick<Opened, 'document' | 'drafts' | 'session_id'>,
): Promise<Offer | null> {
  const found = (await keptWork.of(place)).filter((k) => k.session_id !== opened.session_id)
  const useful: Kept[] = []
  for (const kept of found)
    if (sameDocument(kept.document, opened.document)) await keptWork.drop(kept)
    else useful.push(kept)
  const [kept] = useful
  if (kept) return { kind: 'kept', kept, object_count: kept.document.objects.length, moment: new Date(kept.moment).toISOString() }
  const draft = opened.drafts.find((d) => !seen.has(d.id))
  return draft ? { kind: 'draft', id: draft.id, object_count: draft.object_count, moment: draft.created_at } : null
}

// Texts that were begun and not sent, while the page is open: another task, tab or thread, Escape, or a step that failed does
// not throw them away. A new comment has its pin with it.
import type { Thread } from '../../../../model/comment.ts'
import { onPersonGone } from '../../../person-here.ts'
import { NO_PIN, type Pin } from './pins.ts'

const texts = new Map<string, string>()
const pins = new Map<string, Pin>()

export const unsent = {
  of: (place: string): string => texts.get(place) ?? '',
  keep(place: string, text: string): void {
    if (text.trim() === '') texts.delete(place)
    else texts.set(place, text)
  },
  /** Where the comment that is begun there belongs. */
  pinOf: (place: string): Pin => (texts.has(place) && pins.get(place)) || NO_PIN,
  keepPin: (place: string, pin: Pin): void => void pins.set(place, pin),
  isAny: (): boolean => texts.size > 0,
  /** The task is done: nothing is said about it from here any more. */
  drop(task_id: number): void {
    for (const kept of [texts, pins])
      for (const place of kept.keys()) if (place.startsWith(placeOf(task_id, ''))) kept.delete(place)
  },
}
onPersonGone(() => {
  texts.clear()
  pins.clear()
})

/** Where a text about a task is begun. */
export const placeOf = (task_id: number | null, what: 'comment' | 'reject' | 'skip' | 'report' | ''): string =>
  `task ${task_id} ${what}`
export const placeOfNew = (task_id: number | null): string => placeOf(task_id, 'comment')
export const placeOfReply = (task_id: number | null, thread_id: number | ''): string =>
  `${placeOf(task_id, '')}reply ${thread_id}`
export const placeOfEdit = (task_id: number | null, comment_id: number): string =>
  `${placeOf(task_id, '')}edit ${comment_id}`

/**
 * Where a comment on a task was begun and not sent: a thread that is replied to, `new`, or null.
 * @param threads null: not known yet. A thread that is gone by then cannot be replied to.
 */
export function begunOn(task_id: number, threads: readonly Thread[] | null): number | 'new' | null {
  if (texts.has(placeOfNew(task_id))) return 'new'
  const replies = placeOfReply(task_id, '')
  for (const place of texts.keys()) {
    const thread_id = place.startsWith(replies) ? Number(place.slice(replies.length)) : null
    if (thread_id !== null && (threads?.some(({ id }) => id === thread_id) ?? true)) return thread_id
  }
  return null
}

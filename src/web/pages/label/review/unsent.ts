// Texts that were begun and not sent, while the page is open: another task, tab or thread, Escape, or a step that failed does
// not throw them away. A new comment has its pin with it.
import type { Thread } from '../../../../model/comment.ts'
import { newId } from '../../../new-id.ts'
import { onPersonGone } from '../../../person-here.ts'
import { NO_PIN, type Pin } from './pins.ts'

const texts = new Map<string, string>()
const keys = new Map<string, string>()
const pins = new Map<string, Pin>()

export const unsent = {
  of: (place: string): string => texts.get(place) ?? '',
  keep(place: string, text: string): void {
    if (text !== texts.get(place)) keys.delete(place)
    if (text.trim() === '') texts.delete(place)
    else texts.set(place, text)
  },
  /** With what is written there: the same for the same text, whoever sends it, so that it is written once. */
  keyOf(place: string): string {
    const key = keys.get(place) ?? newId()
    keys.set(place, key)
    return key
  },
  /** The text got there. @returns false if another one was written since: that stays */
  sent(place: string, text: string): boolean {
    if (unsent.of(place) !== text) return false
    unsent.keep(place, '')
    return true
  },
  /** Where the comment that is begun there belongs; `otherwise` if none is, or it was not pinned yet. */
  pinOf(place: string, otherwise = NO_PIN): Pin {
    const pin = (texts.has(place) && pins.get(place)) || NO_PIN
    return pin === NO_PIN ? otherwise : pin
  },
  keepPin: (place: string, pin: Pin): void => void pins.set(place, pin),
  isAny: (): boolean => texts.size > 0,
  /** The task is done: nothing is said about it from here any more. */
  drop(task_id: number): void {
    for (const kept of [texts, keys, pins])
      for (const place of kept.keys()) if (place.startsWith(placeOf(task_id, ''))) kept.delete(place)
  },
}
onPersonGone(() => {
  texts.clear()
  keys.clear()
  pins.clear()
})

/** Where a text about a task is begun. */
export const placeOf = (task_id: number | null, what: 'comment' | 'reject' | 'skip' | 'report' | ''): string =>
  `task ${task_id} ${what}`
export const placeOfNew = (task_id: number | null): string => placeOf(task_id, 'comment')
export const placeOfReply = (task_id: number | null, thread_id: number | ''): string =>
  `${placeOf(task_id, '')}reply ${thread_id}`
export const placeOfEdit = (task_id: number | null, comment_id: number | ''): string =>
  `${placeOf(task_id, '')}edit ${comment_id}`

/** A comment that was begun and not sent: a new one, a reply to a thread, or another text of a comment. */
export type Begun = { what: 'new' } | { what: 'reply' | 'edit'; id: number }

/**
 * What was begun on a task and not sent. A new comment comes last: it can go along with a rejection.
 * @param threads null: not known yet. What is gone by then can neither be replied to nor edited.
 */
export function begunOn(task_id: number, threads: readonly Thread[] | null): Begun | null {
  const reply = idsAt(placeOfReply(task_id, '')).find((id) => threads?.some((thread) => thread.id === id) ?? true)
  if (reply !== undefined) return { what: 'reply', id: reply }
  const edit = idsAt(placeOfEdit(task_id, '')).find((id) => !threads || threadOf(threads, id))
  if (edit !== undefined) return { what: 'edit', id: edit }
  return texts.has(placeOfNew(task_id)) ? { what: 'new' } : null
}

export function placeOfBegun(task_id: number | null, begun: Begun): string {
  if (begun.what === 'new') return placeOfNew(task_id)
  return begun.what === 'reply' ? placeOfReply(task_id, begun.id) : placeOfEdit(task_id, begun.id)
}

/** The thread of a comment that still has its text. */
export const threadOf = (threads: readonly Thread[], comment_id: number): Thread | undefined =>
  threads.find(({ comments }) => comments.some(({ id, text }) => id === comment_id && text !== null))

const idsAt = (start: string): number[] =>
  [...texts.keys()].flatMap((place) => (place.startsWith(start) ? Number(place.slice(start.length)) : []))

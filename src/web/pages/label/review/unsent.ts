// Texts that were begun and not sent, while the page is open: another task, tab or thread, Escape, or a step that failed does
// not throw them away.
import type { Thread } from '../../../../model/comment.ts'

const texts = new Map<string, string>()

export const unsent = {
  of: (place: string): string => texts.get(place) ?? '',
  keep(place: string, text: string): void {
    if (text.trim() === '') texts.delete(place)
    else texts.set(place, text)
  },
  isAny: (): boolean => texts.size > 0,
  /** The task is done: nothing is said about it from here any more. */
  drop(task_id: number): void {
    for (const place of texts.keys()) if (place.startsWith(placeOf(task_id, ''))) texts.delete(place)
  },
}

/** Where a text about a task is begun. */
export const placeOf = (task_id: number | null, what: 'comment' | 'reject' | 'skip' | 'report' | ''): string =>
  `task ${task_id} ${what}`
export const placeOfNew = (task_id: number | null): string => placeOf(task_id, 'comment')
export const placeOfReply = (thread_id: number): string => `reply ${thread_id}`

/** Where a comment on a task was begun and not sent: a thread that is replied to, `new`, or null. */
export function begunOn(task_id: number, threads: readonly Thread[]): number | 'new' | null {
  if (unsent.of(placeOfNew(task_id)) !== '') return 'new'
  return threads.find(({ id }) => unsent.of(placeOfReply(id)) !== '')?.id ?? null
}

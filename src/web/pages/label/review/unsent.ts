// Texts that were begun and not sent, while the page is open: another task, tab or thread does not throw them away.
const texts = new Map<string, string>()

export const unsent = {
  of: (place: string): string => texts.get(place) ?? '',
  keep(place: string, text: string): void {
    if (text.trim() === '') texts.delete(place)
    else texts.set(place, text)
  },
}

/** Where a new comment on a task is begun. */
export const placeOfNew = (task_id: number | null): string => `task ${task_id}`

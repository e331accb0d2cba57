// A new comment that was begun and not sent goes along with a rejection: it is sent first, where it was pinned.
import type { Pin } from './pins.ts'
import { placeOfNew, unsent } from './unsent.ts'

/** @throws what `write` threw: then it is still begun, and has the same key the next time */
export async function sendBegun(
  task_id: number,
  write: (comment: Pin & { text: string; key: string }) => Promise<unknown>,
): Promise<void> {
  const place = placeOfNew(task_id)
  const text = unsent.of(place)
  if (text === '') return
  await write({ ...unsent.pinOf(place), text: text.trim(), key: unsent.keyOf(place) })
  unsent.sent(place, text)
}

// A form over something saved. What comes from the server meanwhile takes its place only while nothing is changed, so that a
// read in the background throws nothing away; the save then tells whether it was written upon the newest.
import { useState } from 'react'

type Draft<S> = {
  /** What the changes are made to. */
  readonly opened: S
  readonly draft: S
}

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** The draft after the server's word. */
export function follow<S>(held: Draft<S>, newest: S, isNewer: (newest: S, opened: S) => boolean): Draft<S> {
  if (newest === held.opened || !isSame(held.draft, held.opened) || !isNewer(newest, held.opened)) return held
  return { opened: newest, draft: newest }
}

/** The draft after it was saved. What was changed since it was sent stays; the rest is as the server has it now. */
export const afterSave = <S>({ draft }: Draft<S>, sent: S, saved: S): Draft<S> => ({
  opened: saved,
  draft: rebased(draft, sent, saved) as S,
})

/** Field by field, so that what others changed beside it does not go back with the next save. A list is one thing. */
function rebased(draft: unknown, sent: unknown, saved: unknown): unknown {
  if (isSame(draft, sent)) return saved
  if (!isFields(draft) || !isFields(sent) || !isFields(saved)) return draft
  const names = Object.keys({ ...saved, ...draft })
  return Object.fromEntries(names.map((name) => [name, rebased(draft[name], sent[name], saved[name])]))
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @param isNewer  whether the server's word may take the place of what was opened; one that says the same need not */
export function useDraft<S>(newest: S, isNewer: (newest: S, opened: S) => boolean = (a, b) => !isSame(a, b)) {
  const [held, setHeld] = useState<Draft<S>>({ opened: newest, draft: newest })
  const now = follow(held, newest, isNewer)
  // React draws again at once: nobody sees the older one.
  if (now !== held) setHeld(now)
  const { opened, draft } = now
  return {
    opened,
    draft,
    isChanged: !isSame(draft, opened),
    setDraft: (change: (draft: S) => S) => setHeld((h) => ({ ...h, draft: change(h.draft) })),
    /** The draft that was sent is saved now. */
    saved: (sent: S, reply: S) => setHeld((h) => afterSave(h, sent, reply)),
    /** Begins anew with this. */
    open: (saved: S) => setHeld({ opened: saved, draft: saved }),
  }
}

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
    /** Begins anew with this. */
    open: (saved: S) => setHeld({ opened: saved, draft: saved }),
  }
}

// What a tab keeps of the person at it besides what was loaded (toasts with Undo, uploads, begun texts): it is nobody else's.

const forgets = new Set<() => void>()
let here: number | null = null

/** Called when another person comes, or this one signs out. */
export function onPersonGone(forget: () => void): void {
  forgets.add(forget)
}

/** Who is signed in, as the server says. The same person again, after a session that ended, has everything still. */
export function personIs(id: number): void {
  if (here !== null && here !== id) personGone()
  here = id
}

export function personGone(): void {
  here = null
  for (const forget of forgets) forget()
}

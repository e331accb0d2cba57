// What the first script has asked the server for (ahead.ts), until whoever needs it takes it. With the first loading of the
// page it is over: nothing that was asked for then is shown later.

/** By address; null: whoever needs it has it, or was faster. */
let begun: Map<string, Promise<Response> | null> | null = new Map()

/**
 * Asks for it. @returns the answer, which is for who takes it: who reads it too clones it at once. Null if it is asked for
 * already, or the page is loaded.
 */
export function begin(href: string): Promise<Response> | null {
  if (!begun || begun.has(href)) return null
  const asked = fetch(href)
  begun.set(href, asked)
  // Said by whoever takes it.
  asked.catch(() => undefined)
  return asked
}

/** What was asked, once: the next time it may be another. */
export function takeBegun(href: string): Promise<Response> | null {
  const asked = begun?.get(href) ?? null
  begun?.set(href, null)
  return asked
}

/** The page is loaded. */
export function endBegun(): void {
  begun = null
}

// What the first script has asked the server for (ahead.ts), until whoever needs it takes it. With the first loading of the
// page it is over: nothing that was asked for then is shown later.
import type { FetchReply } from '../contract/client.ts'

/** By address; null: whoever needs it has it, or was faster. */
let begun: Map<string, Promise<FetchReply> | null> | null = new Map()

/** Asks for it. @returns the answer, also for who takes it; null if it is asked for already, or the page is loaded */
export function begin(href: string): Promise<FetchReply> | null {
  if (!begun || begun.has(href)) return null
  const asked = ask(href)
  begun.set(href, asked)
  // Said by whoever takes it.
  asked.catch(() => undefined)
  return asked
}

/** Read at once: two may need it, and an answer that nobody reads holds its connection. */
async function ask(href: string): Promise<FetchReply> {
  const reply = await fetch(href)
  const text = await reply.text()
  return { status: reply.status, text: async () => text }
}

/** What was asked, once: the next time it may be another. */
export function takeBegun(href: string): Promise<FetchReply> | null {
  const asked = begun?.get(href) ?? null
  begun?.set(href, null)
  return asked
}

/** The page is loaded. */
export function endBegun(): void {
  begun = null
}

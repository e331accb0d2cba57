// Statements that nobody waits for any more. A preview whose dialog was closed would go on counting a million tasks, and the
// next one wait beside it. PostgreSQL is told to stop; the embedded database, which cannot be, begins no further statement.
import { AsyncLocalStorage } from 'node:async_hooks'

const wanted = new AsyncLocalStorage<AbortSignal>()

/** Said by the connection itself. What was begun has to be ended, wanted or not. */
const OF_TRANSACTIONS = /^(begin|start transaction|commit|rollback)/

/** @param work that only reads, and only for one caller: what others wait for too must not end with them */
export const whileWanted = <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => wanted.run(signal, work)

/**
 * Runs a statement for as long as its answer is wanted.
 * @param stop may be slow; the statement counts as running until both are over, so that it stops no other
 * @throws the signal's reason
 */
export async function ifWanted<T>(text: string, run: () => Promise<T>, stop?: () => Promise<void>): Promise<T> {
  const signal = wanted.getStore()
  if (!signal || OF_TRANSACTIONS.test(text)) return run()
  signal.throwIfAborted()
  let stopping: Promise<void> | undefined
  const onAbort = () => {
    stopping = stop?.().catch(() => {})
  }
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await run()
  } finally {
    signal.removeEventListener('abort', onAbort)
    await stopping
    signal.throwIfAborted()
  }
}

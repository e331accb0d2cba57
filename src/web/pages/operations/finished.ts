// pages/operations/: bulk operations: their dialogs, what runs now, the list of what ran. Rules live on the server.
// This file: tells whoever shows tasks that an operation has ended, so that they read anew.

type Listener = (operation: { id: number; name: string }) => void
const listeners = new Set<Listener>()
const told = new Set<number>()

/** @returns the way to stop listening */
export function onOperationFinished(listener: Listener): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Tells once per operation, however many views notice it. */
export function operationFinished(operation: { id: number; name: string }): void {
  if (told.has(operation.id)) return
  told.add(operation.id)
  for (const listener of listeners) listener(operation)
}

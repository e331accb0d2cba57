// The browser's store is played: connections that it closes, and days on which it cannot be opened.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { browserKeptWork as keptWork } from './kept-work.ts'

const rows = new Map<string, unknown>()
let isBroken = false
let isFull = false
let connections: { isClosed: boolean; onclose: (() => void) | null }[] = []

const answered = <T>(result: T) => {
  const request = { result, error: new Error('UnknownError'), onsuccess: () => {}, onerror: () => {} }
  queueMicrotask(() => (isBroken ? request.onerror() : request.onsuccess()))
  return request
}

function connect() {
  const store = {
    put: (kept: { session_id: string }) => ({ result: rows.set(kept.session_id, kept) }),
    getAll: () => ({ result: [...rows.values()] }),
  }
  const made = {
    isClosed: false,
    onclose: null,
    close: () => (made.isClosed = true),
    transaction() {
      if (made.isClosed) throw new Error('InvalidStateError')
      const transaction = {
        error: new Error('QuotaExceededError'),
        objectStore: () => store,
        oncomplete: () => {},
        onabort: () => {},
      }
      queueMicrotask(() => (isFull ? transaction.onabort() : transaction.oncomplete()))
      return transaction
    },
  }
  connections.push(made)
  return made
}

beforeEach(() => {
  vi.stubGlobal('IDBKeyRange', { bound: () => null })
  vi.stubGlobal('indexedDB', { open: () => answered(connect()) })
})
afterEach(() => {
  for (const connection of connections) connection.onclose?.()
  vi.unstubAllGlobals()
  rows.clear()
  connections = []
})

const place = { person_id: 9, project_id: 1, task_id: 5 }
const kept = (session_id: string) => ({
  ...place,
  session_id,
  document: { objects: [], global_attributes: {} },
  moment: Date.now(),
})
const sessions = async () => (await keptWork.of(place)).map((k) => k.session_id).sort()

it('a connection that the browser closed is opened again, whether it said so or not', async () => {
  expect(await keptWork.keep(kept('a'))).toBe(true)
  for (const connection of connections) connection.isClosed = true
  expect(await keptWork.keep(kept('b'))).toBe(true)
  connections.at(-1)?.onclose?.()
  expect(await keptWork.keep(kept('c'))).toBe(true)
  expect(connections).toHaveLength(3)
  expect(await sessions()).toEqual(['a', 'b', 'c'])
})

it('work that cannot be kept is told, and the next is tried again', async () => {
  isBroken = true
  expect(await keptWork.keep(kept('a'))).toBe(false)
  isBroken = false
  isFull = true
  expect(await keptWork.keep(kept('a'))).toBe(false)
  isFull = false
  rows.clear()
  expect(await keptWork.keep(kept('b'))).toBe(true)
  expect(await sessions()).toEqual(['b'])
})

// The keys that a person chose instead of the usual ones. Kept by this browser, for each person of it: a key belongs to the
// keyboard it is on. A key is named by what it usually is, which says what it does: no two acts of a page share one.
import { useSyncExternalStore } from 'react'
import { remember, remembered } from '../browser-storage.ts'

export type OwnKeys = ReadonlyMap<string, string>

let own: OwnKeys = new Map()
let person: number | null = null
const listeners = new Set<() => void>()
const place = (person_id: number) => `pixlhub-keys-${person_id}`

function publish(next: OwnKeys): void {
  own = next
  for (const tell of [...listeners]) tell()
}

/** Whose keys are meant from now on. */
export function loadOwnKeys(person_id: number): void {
  if (person === person_id) return
  person = person_id
  publish(new Map(readKeys(remembered(place(person_id)))))
}

function readKeys(text: string | null): [string, string][] {
  try {
    const read: unknown = JSON.parse(text ?? '[]')
    const isPair = (pair: unknown): pair is [string, string] =>
      Array.isArray(pair) && pair.length === 2 && pair.every((keys) => typeof keys === 'string' && keys !== '')
    return Array.isArray(read) ? read.filter(isPair) : []
  } catch {
    return []
  }
}

/** @param keys in tinykeys' notation; null for the usual ones */
export function setOwnKeys(usual: string, keys: string | null): void {
  const next = new Map(own)
  if (keys === null || keys === usual) next.delete(usual)
  else next.set(usual, keys)
  publish(next)
  if (person !== null) remember(place(person), JSON.stringify([...next]))
}

export function resetOwnKeys(): void {
  publish(new Map())
  if (person !== null) remember(place(person), '[]')
}

export const ownKeys = (): OwnKeys => own

export function onOwnKeys(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useOwnKeys = (): OwnKeys => useSyncExternalStore(onOwnKeys, ownKeys)

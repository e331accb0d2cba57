// A value that this browser remembers: the same wherever it is shown, in other tabs too.
import { useCallback, useSyncExternalStore } from 'react'
import { remember, remembered } from './browser-storage.ts'

/** As JSON. A browser that keeps nothing shows what was chosen all the same. */
const chosen = new Map<string, string | null>()
const listeners = new Set<() => void>()

const change = (key: string, json: string | null) => {
  chosen.set(key, json)
  for (const listener of listeners) listener()
}
window.addEventListener('storage', ({ key, newValue }) => key !== null && chosen.has(key) && change(key, newValue))

function read(key: string): string | null {
  if (!chosen.has(key)) chosen.set(key, remembered(key))
  return chosen.get(key) ?? null
}

export function useRemembered(key: string, usual: boolean): [boolean, (value: boolean) => void]
export function useRemembered(key: string, usual: number): [number, (value: number) => void]
export function useRemembered<T extends boolean | number>(key: string, usual: T): [T, (value: T) => void] {
  const json = useSyncExternalStore(subscribe, () => read(key))
  const choose = useCallback(
    (value: T) => {
      remember(key, JSON.stringify(value))
      change(key, JSON.stringify(value))
    },
    [key],
  )
  return [parsed(json, usual), choose]
}

function parsed<T>(json: string | null, usual: T): T {
  try {
    const value: unknown = JSON.parse(json ?? 'null')
    return typeof value === typeof usual ? (value as T) : usual
  } catch {
    return usual
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

// Opens the palette. Its code is loaded when it is first wanted, so that no page waits for it.
import { createSpotlight } from '@mantine/spotlight'
import { useSyncExternalStore } from 'react'

export const [paletteStore, spotlight] = createSpotlight()

let isWanted = false
const listeners = new Set<() => void>()

export function openPalette(): void {
  isWanted = true
  for (const tell of listeners) tell()
  spotlight.open()
}

/** False until the palette is opened for the first time. */
export function usePaletteWanted(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isWanted,
  )
}

export const loadPalette = () => import('./Palette.tsx')

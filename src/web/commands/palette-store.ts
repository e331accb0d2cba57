// Opens the palette. Its code is loaded when it is first wanted, so that no page waits for it.
import { createSpotlight } from '@mantine/spotlight'
import { useSyncExternalStore } from 'react'

export const [paletteStore, spotlight] = createSpotlight()

let isWanted = false
/** Had the focus when the palette was opened. */
let before: HTMLElement | null = null
const listeners = new Set<() => void>()

export function openPalette(): void {
  if (!paletteStore.getState().opened) before = document.activeElement as HTMLElement | null
  isWanted = true
  for (const tell of listeners) tell()
  spotlight.open()
}

/** Once: what a command leads the keyboard to keeps it. The library would not know where it was before its code came. */
export function giveFocusBack(): void {
  before?.focus({ preventScroll: true })
  before = null
}

/** Marks the first line as the one that Enter takes. The library does it too early: before the new lines are drawn. */
export function selectFirst(): void {
  const lines = document.getElementById(paletteStore.getState().listId)?.querySelectorAll('[data-action]') ?? []
  for (const [i, line] of lines.entries()) {
    if (i === 0) line.setAttribute('data-selected', 'true')
    else line.removeAttribute('data-selected')
  }
  paletteStore.updateState((state) => ({ ...state, selected: lines.length > 0 ? 0 : -1 }))
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

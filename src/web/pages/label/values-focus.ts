// The keyboard's way to the values and classes beside the image, and back.
import type { KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { focusCanvas } from '../../../editor/view/bind-input.ts'

const FIELDS = ['[data-missing] :is(input, textarea)', ':is(input:checked, textarea)', 'input']

/** To the first value that is missing, else to the first there is: of the object before those of the image. */
export function goToValues(): void {
  for (const fields of FIELDS) {
    const found = document.querySelector<HTMLElement>(`[data-values] :is(${fields})`)
    if (!found) continue
    found.focus()
    return
  }
}

/** To the search among the classes. @param show brings their panel */
export const goToClasses = (show: () => void) => (): void => {
  flushSync(show)
  document.querySelector<HTMLInputElement>('[data-class-search]')?.focus()
}

/** Escape in the values leads back to the image; what is selected stays. An open list only closes. */
export function leaveValues(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented || isListOpen(event.target)) return
  event.stopPropagation()
  focusCanvas()
}

const isListOpen = (target: EventTarget): boolean => (target as Element).getAttribute('aria-expanded') === 'true'

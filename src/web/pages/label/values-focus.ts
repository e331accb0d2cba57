// The keyboard's way to the values beside the image, and back.
import type { KeyboardEvent } from 'react'
import { focusQuietly } from '../../../editor/view/bind-input.ts'

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

/** Escape in the values leads back to the image; what is selected stays. An open list only closes. */
export function leaveValues(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented || isListOpen(event.target)) return
  const canvas = document.querySelector<HTMLElement>('[role="application"]')
  if (!canvas) return
  event.stopPropagation()
  focusQuietly(canvas)
}

const isListOpen = (target: EventTarget): boolean => (target as Element).getAttribute('aria-expanded') === 'true'

// Feeds the browser's events to the editor.
import type { Editor } from '../editor.ts'
import { keyInputOf } from './key-input.ts'
import { isMac } from './use-editor.ts'

/** Lines and pages of old wheels as CSS pixels: a notch of three lines is 100. */
const WHEEL_UNITS = [1, 33, 400] as const

/** Binds pointer and wheel of `host`, and the keys of the whole window. Answers how to unbind. */
export function bindInput(host: HTMLElement, editor: Editor): () => void {
  const stop = new AbortController()
  const on = <K extends keyof HTMLElementEventMap>(name: K, listen: (event: HTMLElementEventMap[K]) => void) =>
    host.addEventListener(name, listen, { signal: stop.signal, passive: false })
  const at = (event: MouseEvent) => {
    const corner = host.getBoundingClientRect()
    return {
      x: event.clientX - corner.left,
      y: event.clientY - corner.top,
      button: event.button,
      time: event.timeStamp,
      shift: event.shiftKey,
      alt: event.altKey,
      ctrl: event.ctrlKey || event.metaKey,
    }
  }

  /** One pointer works at a time: a palm beside a pen has no part in it. */
  let held: Pick<PointerEvent, 'pointerId' | 'pointerType'> | null = null
  const isHeld = ({ pointerId }: PointerEvent) => held?.pointerId === pointerId
  /** What is painted needs all the places of a frame: of the last ones alone, a fast stroke becomes chords. */
  const wayOf = (event: PointerEvent) => {
    const kind = held && editor.state().draft?.kind
    return kind === 'mask' || kind === 'cutout' ? (event.getCoalescedEvents?.() ?? []).slice(0, -1).map(at) : []
  }

  on('pointerdown', (event) => {
    // A captured pointer would take the click from a button; and under a message there is nothing to draw on.
    if (!event.isPrimary || (event.target as HTMLElement).closest('button, [data-covers]')) return
    // The middle button would start the browser's own scrolling, a drag would select text.
    event.preventDefault()
    if (held && !isHeld(event)) {
      if (held.pointerType !== 'touch' || event.pointerType !== 'pen') return
      editor.pointerDrop()
    }
    held = event
    focusQuietly(host)
    host.setPointerCapture(event.pointerId)
    editor.pointerDown(at(event))
  })
  on('pointermove', (event) => {
    if (held ? isHeld(event) : event.isPrimary) editor.pointerMove(at(event), wayOf(event))
  })
  on('pointerup', (event) => {
    if (!isHeld(event)) return
    held = null
    editor.pointerUp(at(event))
  })
  const onTaken = (event: PointerEvent) => {
    if (!isHeld(event)) return
    held = null
    editor.pointerCancel()
  }
  on('pointercancel', onTaken)
  on('lostpointercapture', onTaken)
  on('pointerleave', (event) => event.isPrimary && editor.pointerLeave())
  on('contextmenu', (event) => event.preventDefault())
  on('wheel', (event) => {
    event.preventDefault()
    const unit = WHEEL_UNITS[event.deltaMode] ?? 1
    editor.wheel({ ...at(event), deltaX: event.deltaX * unit, deltaY: event.deltaY * unit })
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isForeign(event, host)) return
    const input = keyInputOf(event, isMac)
    // The browser copies marked text, the editor what is selected: each has a clipboard of its own.
    const isText = input.ctrl && input.key.toLowerCase() === 'c' && getSelection()?.isCollapsed === false
    const isAtRest = editor.state().selection.length === 0 && !editor.state().draft
    if (editor.keyDown(input)) {
      if (!isText) event.preventDefault()
    }
    // The canvas takes Tab for itself; Escape with nothing to cancel gives the keyboard back to the page.
    else if (event.key === 'Escape' && isAtRest) host.blur()
  }
  window.addEventListener('keydown', onKeyDown, { signal: stop.signal })
  window.addEventListener('keyup', (event) => editor.keyUp({ key: event.key }), { signal: stop.signal })
  const onBlur = () => {
    held = null
    editor.blur()
  }
  window.addEventListener('blur', onBlur, { signal: stop.signal })
  return () => stop.abort()
}

/** Gives the keyboard to the canvas without a frame around it: that is for people who come by keyboard. */
export function focusQuietly(host: HTMLElement): void {
  if (document.activeElement === host) return
  host.dataset.quiet = ''
  host.addEventListener('blur', () => delete host.dataset.quiet, { once: true })
  host.focus({ preventScroll: true })
}

/** Leads the keyboard from beside the image back to it. */
export function focusCanvas(): void {
  const canvas = document.querySelector<HTMLElement>('[role="application"]')
  if (canvas) focusQuietly(canvas)
}

/** Whether a key belongs to what has the focus: a field, a menu, a dialog, a button. */
function isForeign(event: KeyboardEvent, host: HTMLElement): boolean {
  const target = event.target as HTMLElement | null
  if (!target || target === host) return false
  // These lead on, or scroll what was clicked.
  if (/^(Tab|Page.*|Home|End)$/.test(event.key)) return true
  if (target === document.body) return document.querySelector('[role="dialog"], [role="menu"]') !== null
  if (target.isContentEditable || target.closest('[role="dialog"], [role="menu"], [role="listbox"], select, textarea'))
    return true
  const isToggle = target instanceof HTMLInputElement && (target.type === 'radio' || target.type === 'checkbox')
  if (target instanceof HTMLInputElement && !isToggle) return true
  // Buttons, links and toggles keep the keys that work them.
  const isControl = isToggle || target.closest('button, a, [tabindex]') !== null
  return isControl && (event.key === ' ' || event.key === 'Enter' || event.key.startsWith('Arrow'))
}

// A key as the editor hears it.
import type { KeyInput } from '../input.ts'

const SIGN = /^[!-/:-@[-`{-~]$/

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'repeat' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'> & {
  getModifierState(name: 'AltGraph'): boolean
}

/**
 * Many keyboards write `[` or `#` only with Option, or with AltGr, which Windows reports as Ctrl and Alt. Then the sign
 * alone is meant, and not what the place of its key would be without.
 */
export function keyInputOf(event: Pressed, isMac: boolean): KeyInput {
  const { key, code, repeat, shiftKey: shift, altKey, ctrlKey, metaKey } = event
  const isAltGr = event.getModifierState('AltGraph')
  const isWritten = altKey && (isAltGr || isMac) && SIGN.test(key)
  const ctrl = metaKey || (ctrlKey && !(isWritten && isAltGr))
  return { key, repeat, shift, ctrl, ...(isWritten ? {} : { code, alt: altKey }) }
}

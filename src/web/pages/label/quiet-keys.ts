// While the task or the place for keys changes, keys are meant for neither the old one nor the new one.
import { useEffect, useRef } from 'react'

/** @param type what is typed meanwhile has a place that is on its way: gets the text so far, changed by the key */
export function useQuietKeys(isQuiet: boolean, type?: (change: (text: string) => string) => void): void {
  const latest = useRef(type)
  latest.current = type
  useEffect(() => {
    if (!isQuiet) return
    const hush = (event: KeyboardEvent) => {
      event.stopImmediatePropagation()
      if (!latest.current || !isTyped(event)) return
      event.preventDefault()
      latest.current((text) => typed(text, event.key))
    }
    window.addEventListener('keydown', hush, { capture: true })
    return () => window.removeEventListener('keydown', hush, { capture: true })
  }, [isQuiet])
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** Whether a key would change a text: a letter or sign, also one made with Alt Gr, Enter, or Backspace. */
export const isTyped = ({ key, ctrlKey, metaKey, altKey }: Press): boolean =>
  ([...key].length === 1 || key === 'Enter' || key === 'Backspace') && !metaKey && ctrlKey === altKey

/** A text after a key at its end. */
export function typed(text: string, key: string): string {
  if (key === 'Backspace') return [...text].slice(0, -1).join('')
  return text + (key === 'Enter' ? '\n' : key)
}

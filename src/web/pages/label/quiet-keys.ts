// While the task or the place for keys changes, keys are meant for neither the old one nor the new one.
import { useEffect } from 'react'

export function useQuietKeys(isQuiet: boolean): void {
  useEffect(() => {
    if (!isQuiet) return
    const hush = (event: KeyboardEvent) => event.stopImmediatePropagation()
    window.addEventListener('keydown', hush, { capture: true })
    return () => window.removeEventListener('keydown', hush, { capture: true })
  }, [isQuiet])
}

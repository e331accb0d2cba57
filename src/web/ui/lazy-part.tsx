// Parts of a page that come later, for all pages; and how they come ahead, once a page is calm.
import { useEffect } from 'react'

export { lazyPart } from '../../editor/view/lazy-part.tsx'

const CALM_MS = 1500

/** Loads parts ahead, so long after the page itself. Give it the same list each time. */
export function usePreload(parts: readonly { preload(): void }[], afterMs = CALM_MS): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const part of parts) part.preload()
    }, afterMs)
    return () => clearTimeout(timer)
  }, [parts, afterMs])
}

// A part of a page whose code comes when it is first shown, or ahead of that once the page is calm.
import { type ReactNode, useEffect, useState } from 'react'

type Part<P> = { (props: P): ReactNode; preload(): void }

/** The bundler asks for a part's styles once only; those that did not come would be missing for good. */
const lost = new Set<HTMLLinkElement>()
window.addEventListener('error', ({ target }) => target instanceof HTMLLinkElement && lost.add(target), true)

function reviveStyles(): void {
  for (const link of lost) link.replaceWith(link.cloneNode())
  lost.clear()
}

/** @param Fallback shown while the code is on its way; with `preload` that is hardly ever */
export function lazyPart<P extends object>(
  load: () => Promise<{ default: (props: P) => ReactNode }>,
  Fallback: (props: P) => ReactNode = () => null,
): Part<P> {
  let loaded: ((props: P) => ReactNode) | null = null
  const keep = async () => {
    reviveStyles()
    loaded = (await load()).default
  }
  function LazyPart(props: P) {
    // What is here already is drawn at once.
    const [Shown, setShown] = useState(() => loaded)
    const [error, setError] = useState<unknown>(null)
    useEffect(() => {
      if (Shown) return
      const ask = () =>
        keep().then(
          () => setShown(() => loaded),
          // Without a connection it is waited for; with one, the page says what failed.
          (failure) => navigator.onLine && setError(failure),
        )
      void ask()
      window.addEventListener('online', ask)
      return () => window.removeEventListener('online', ask)
    }, [Shown])
    if (error) throw error
    return Shown ? <Shown {...(props as P & object)} /> : <Fallback {...props} />
  }
  LazyPart.preload = () => {
    // Without a connection it is asked for again when it is shown.
    if (!loaded) void keep().catch(() => undefined)
  }
  return LazyPart
}

const CALM_MS = 1500

/** Loads parts ahead, after the page itself. Give it the same list each time. */
export function usePreload(parts: readonly { preload(): void }[]): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const part of parts) part.preload()
    }, CALM_MS)
    return () => clearTimeout(timer)
  }, [parts])
}

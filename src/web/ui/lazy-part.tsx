// A part of a page whose code comes when it is first shown, or ahead of that once the page is calm.
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'

type Part<P> = { (props: P): ReactNode; preload(): void }

/** @param Fallback shown while the code is on its way; with `preload` that is hardly ever */
export function lazyPart<P extends object>(
  load: () => Promise<{ default: (props: P) => ReactNode }>,
  Fallback: (props: P) => ReactNode = () => null,
): Part<P> {
  let loaded: ((props: P) => ReactNode) | null = null
  const keep = async () => {
    const module = await load()
    loaded = module.default
    return module
  }
  const Lazy = lazy(keep)
  function LazyPart(props: P) {
    // What is here already is drawn at once; lazy() would show the fallback first.
    const [Shown] = useState(() => loaded ?? Lazy)
    return (
      <Suspense fallback={<Fallback {...props} />}>
        <Shown {...(props as P & object)} />
      </Suspense>
    )
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

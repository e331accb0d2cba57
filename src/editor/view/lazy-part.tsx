// A part of a page whose code comes when it is first shown, or ahead of that. Where it cannot be had, as without a connection, the
// page stays as it is and asks again: whoever has unsaved work must not lose the page for a toast.
import { type ReactNode, Suspense, useEffect, useReducer } from 'react'
import { createLazy } from '../lazy.ts'

type Part<P> = { (props: P): ReactNode; preload(): void }

const AGAIN_MS = 2000

/** @param Fallback shown while the code is on its way; with `preload` that is hardly ever */
export function lazyPart<P extends object>(
  load: () => Promise<{ default: (props: P) => ReactNode }>,
  Fallback: (props: P) => ReactNode = () => null,
): Part<P> {
  let Loaded: ((props: P) => ReactNode) | null = null
  const code = createLazy(async () => {
    Loaded = (await load()).default
  })
  function LazyPart(props: P) {
    const [, draw] = useReducer((times: number) => times + 1, 0)
    const isHere = Loaded !== null
    // Not in the effect: the sooner it is under way, the better.
    if (!isHere) code.prefetch()
    useEffect(() => {
      if (isHere) return
      let timer: ReturnType<typeof setTimeout> | undefined
      let isGone = false
      const again = () => {
        if (!isGone) timer = setTimeout(ask, AGAIN_MS)
      }
      const ask = () => code.use(draw, again)
      ask()
      return () => {
        isGone = true
        clearTimeout(timer)
      }
    }, [isHere])
    const fallback = <Fallback {...props} />
    return Loaded ? (
      <Suspense fallback={fallback}>
        <Loaded {...props} />
      </Suspense>
    ) : (
      fallback
    )
  }
  LazyPart.preload = code.prefetch
  return LazyPart
}

// A part of a page whose code comes when it is first shown, or ahead of that. While the server does not answer, the page stays as
// it is and asks again: whoever has unsaved work must not lose the page for a toast.
import { type ReactNode, Suspense, useEffect, useReducer, useState } from 'react'
import { createLazy } from '../lazy.ts'
import { texts } from '../texts.ts'

type Part<P> = { (props: P): ReactNode; preload(): void }

const AGAIN_MS = 2000

/** The bundler asks for a part's styles once only; those that did not come would be missing for good. */
const lost = new Set<HTMLLinkElement>()
window.addEventListener('error', ({ target }) => target instanceof HTMLLinkElement && lost.add(target), true)

function reviveStyles(): void {
  for (const link of lost) link.replaceWith(link.cloneNode())
  lost.clear()
}

/** Whether the server is there although a file is not: it has a newer version. */
const serverAnswers = () => fetch('/', { method: 'HEAD' }).then(({ ok }) => ok, () => false) // biome-ignore format: one thought

/** @param Fallback shown while the code is on its way; with `preload` that is hardly ever */
export function lazyPart<P extends object>(
  load: () => Promise<{ default: (props: P) => ReactNode }>,
  Fallback: (props: P) => ReactNode = () => null,
): Part<P> {
  let Loaded: ((props: P) => ReactNode) | null = null
  const code = createLazy(async () => {
    reviveStyles()
    Loaded = (await load()).default
  })
  function LazyPart(props: P) {
    const [, draw] = useReducer((times: number) => times + 1, 0)
    const [isOld, setOld] = useState(false)
    const isHere = Loaded !== null
    // Not in the effect: the sooner it is under way, the better. Once: without a server each drawing would ask again.
    useState(code.preload)
    useEffect(() => {
      if (isHere) return
      let timer: ReturnType<typeof setTimeout> | undefined
      let isGone = false
      let wasThere = false
      const again = async () => {
        const isThere = await serverAnswers()
        if (isGone) return
        // It may have come back just now.
        if (isThere && wasThere) setOld(true)
        else timer = setTimeout(ask, AGAIN_MS)
        wasThere = isThere
      }
      const ask = () => code.use(draw, again)
      ask()
      return () => {
        isGone = true
        clearTimeout(timer)
      }
    }, [isHere])
    if (isOld) throw new Error(texts.partIsOld)
    const fallback = <Fallback {...props} />
    return Loaded ? (
      <Suspense fallback={fallback}>
        <Loaded {...props} />
      </Suspense>
    ) : (
      fallback
    )
  }
  LazyPart.preload = code.preload
  return LazyPart
}

// A list that stays light however long it gets: entries far out of sight leave the page, and a space of their height keeps
// their place. Said to screen readers by role, since the parts in which entries come and go stand between list and entry.
import { type ReactNode, useEffect, useState } from 'react'

/** Entries that come and go together. */
const PART = 30
/** So far out of sight, in px, entries are still there. */
const NEAR_PX = 1000

/** What an entry says of its place; the length is unknown (-1) while there is more to read. */
export type Place = { role: 'listitem'; 'aria-posinset': number; 'aria-setsize': number }

type Props<T> = {
  items: readonly T[]
  hasMore: boolean
  className?: string | undefined
  children: (item: T, place: Place) => ReactNode
}

export function LongList<T>({ items, hasMore, className, children }: Props<T>) {
  const setsize = hasMore ? -1 : items.length
  return (
    // biome-ignore lint/a11y/useSemanticElements: an ol has nothing but li in it
    <div role="list" className={className}>
      {partsOf(items).map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the n-th part is the same place of the page, whatever is in it
        <Part key={i}>
          {() =>
            part.map((item, j) =>
              children(item, { role: 'listitem', 'aria-posinset': i * PART + j + 1, 'aria-setsize': setsize }),
            )
          }
        </Part>
      ))}
    </div>
  )
}

/** Rows of a table in the same way, a body of the table for each part. */
export function LongRows<T>({ items, children }: Pick<Props<T>, 'items'> & { children: (item: T) => ReactNode }) {
  return partsOf(items).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    <Part key={i} isRows>
      {() => part.map(children)}
    </Part>
  ))
}

function Part({ isRows, children }: { isRows?: boolean; children: () => ReactNode }) {
  const [ref, height] = useHeightWhenAway()
  if (isRows)
    return (
      <tbody ref={ref}>
        {height === null ? (
          children()
        ) : (
          <tr aria-hidden>
            <td style={{ height, padding: 0 }} />
          </tr>
        )}
      </tbody>
    )
  return (
    <div role="presentation" ref={ref} style={height === null ? undefined : { height }}>
      {height === null && children()}
    </div>
  )
}

/** The height of an element that went far out of sight, null while it is near or in use. */
function useHeightWhenAway() {
  const [part, setPart] = useState<HTMLElement | null>(null)
  const [height, setHeight] = useState<number | null>(null)
  useEffect(() => {
    if (!part) return
    const seen = new IntersectionObserver(
      (sights) => {
        const sight = sights.at(-1)
        if (!sight || sight.isIntersecting) setHeight(null)
        else if (!isInUse(part)) setHeight((known) => known ?? sight.boundingClientRect.height)
      },
      { root: scrollerOf(part), rootMargin: `${NEAR_PX}px 0px` },
    )
    seen.observe(part)
    return () => seen.disconnect()
  }, [part])
  return [setPart, height] as const
}

/** Somebody is in it, or opened something that would be closed again. */
const isInUse = (part: HTMLElement): boolean =>
  part.contains(document.activeElement) || part.querySelector('[aria-expanded="true"]') !== null

/** A margin counts only around the scrolling element itself. */
function scrollerOf(element: HTMLElement): HTMLElement | null {
  for (let at = element.parentElement; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  return null
}

const partsOf = <T,>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / PART) }, (_, i) => items.slice(i * PART, (i + 1) * PART))

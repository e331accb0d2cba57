// ui/: small pieces that every page uses; they know no endpoint.
// This file: a moment as an age, the exact time on hover.
import { useSyncExternalStore } from 'react'
import { formatAge, formatMoment } from '../format.ts'

// One clock for all ages on the page: it ticks twice a minute and stops when nobody looks.
let now = Date.now()
let timer: ReturnType<typeof setInterval> | null = null
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  now = Date.now()
  timer ??= setInterval(() => {
    now = Date.now()
    for (const tell of listeners) tell()
  }, 30_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && timer) {
      clearInterval(timer)
      timer = null
    }
  }
}

/** Milliseconds since epoch, renewed twice a minute. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}

/** `3 d`; `–` for none. */
export function Age({ moment }: { moment: string | null }) {
  const at = useNow()
  if (!moment) return <span>–</span>
  return (
    <time dateTime={moment} title={formatMoment(moment)}>
      {formatAge(moment, at)}
    </time>
  )
}

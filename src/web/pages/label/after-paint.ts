// What has to be drawn at once is drawn first; the rest of the page follows it.
import { useEffect, useState } from 'react'

/** So long after its first frame a task is on the screen. */
export const SETTLED_MS = 100

/** @param ms from the next frame, which is on the screen some time later @returns how to call it off */
export function afterPaint(act: () => void, ms = 0): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(act, ms)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** The value, a frame late. */
export function useLate<T>(value: T): T {
  const [late, setLate] = useState(value)
  useEffect(() => (late === value ? undefined : afterPaint(() => setLate(value))), [late, value])
  return late
}

// What has to be drawn at once is drawn first; the rest of the page follows it.
import { useEffect, useState } from 'react'

/** So long after its first frame a task is on the screen. */
export const SETTLED_MS = 100

/** @param ms from when the next frame is on the screen, which the one after it tells @returns how to call it off */
export function afterPaint(act: () => void, ms = 0): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      timer = setTimeout(act, ms)
    })
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** The value, once what was drawn with it first is on the screen. */
export function useLate<T>(value: T): T {
  const [late, setLate] = useState(value)
  useEffect(() => (late === value ? undefined : afterPaint(() => setLate(value))), [late, value])
  return late
}

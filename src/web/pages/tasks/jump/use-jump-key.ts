// `g` alone asks where to go; followed by a digit, that is the first of the row's number. As the first key of another
// command (`g t`) it stays that: so it waits a moment for the second one.
import { useEffect, useMemo, useRef } from 'react'

/** Shorter than a second key takes those who know it. */
const WAIT_MS = 450

/** @returns what the key `g` does */
export function useJumpKey(onJump: (start: string) => void): () => void {
  const latest = useRef(onJump)
  latest.current = onJump
  const pending = useRef<() => void>(() => undefined)
  useEffect(() => () => pending.current(), [])
  return useMemo(
    () => () => {
      pending.current()
      const stop = () => {
        clearTimeout(timer)
        window.removeEventListener('keydown', onKey, true)
      }
      const open = (start: string) => {
        stop()
        latest.current(start)
      }
      let number = ''
      // Digits are gathered until the box is there and takes the next ones itself.
      const onKey = (event: KeyboardEvent) => {
        if (event.key === 'g' && event.repeat) return
        const isForBox = document.activeElement?.tagName === 'INPUT'
        if (isForBox || !/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return stop()
        event.preventDefault()
        event.stopPropagation()
        clearTimeout(timer)
        number += event.key
        latest.current(number)
      }
      const timer = setTimeout(() => open(''), WAIT_MS)
      window.addEventListener('keydown', onKey, true)
      pending.current = stop
    },
    [],
  )
}

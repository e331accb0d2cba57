// Whether a signal has had something for a while. What passes sooner draws nothing.
import { useEffect, useState } from 'react'
import type { Signal } from './signal.ts'

export function useLasting(signal: Pick<Signal<unknown>, 'get' | 'subscribe'>, ms: number): boolean {
  const [lasts, setLasts] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clearTimeout(timer)
      if (signal.get() === null) setLasts(false)
      else timer = setTimeout(() => setLasts(true), ms)
    }
    look()
    const unsubscribe = signal.subscribe(look)
    return () => {
      clearTimeout(timer)
      unsubscribe()
    }
  }, [signal, ms])
  return lasts
}

// Whether this browser shows the strip of the next tasks.
import { useState } from 'react'

const KEY = 'pixlhub-filmstrip'

export function useStripShown(): [boolean, () => void] {
  const [isShown, setShown] = useState(() => read() !== 'hidden')
  const toggle = () => {
    setShown(!isShown)
    write(isShown ? 'hidden' : 'shown')
  }
  return [isShown, toggle]
}

// Without storage, e.g. in a private window, it is shown each time.
function read(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}
function write(value: string): void {
  try {
    localStorage.setItem(KEY, value)
  } catch {
    // Not remembered.
  }
}

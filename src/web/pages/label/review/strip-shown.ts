// Whether this browser shows the strip of the next tasks.
import { useState } from 'react'
import { remember, remembered } from '../../../browser-storage.ts'

const KEY = 'pixlhub-filmstrip'

export function useStripShown(): [boolean, () => void] {
  const [isShown, setShown] = useState(() => remembered(KEY) !== 'hidden')
  const toggle = () => {
    setShown(!isShown)
    remember(KEY, isShown ? 'hidden' : 'shown')
  }
  return [isShown, toggle]
}

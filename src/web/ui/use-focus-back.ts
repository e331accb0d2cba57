// For what is there only while it is open: the focus goes back to where it was.
import { useEffect, useState } from 'react'

export function useFocusBack(): void {
  const [from] = useState(focused)
  useEffect(
    () => () => {
      // After it is gone, unless the focus went on to something else.
      setTimeout(() => {
        if (document.activeElement !== document.body) return
        const back = from?.isConnected ? from : document.getElementById('main')
        back?.focus({ preventScroll: true })
      })
    },
    [from],
  )
}

/** A menu goes when one of its items is chosen; its button stays. */
function focused(): HTMLElement | null {
  const element = document.activeElement as HTMLElement | null
  const button = element?.closest('[role=menu]')?.getAttribute('aria-labelledby')
  return button ? document.getElementById(button) : element
}

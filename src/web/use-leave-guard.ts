// Asks before a page with unsaved changes is left, inside the app and by the browser.
import { useBlocker } from '@tanstack/react-router'

export function useLeaveGuard(isChanged: boolean, question: string): void {
  useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged && current.pathname !== next.pathname && !window.confirm(question),
    enableBeforeUnload: isChanged,
    disabled: !isChanged,
  })
}

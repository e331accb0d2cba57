// Asks before a page with unsaved changes is left, inside the app and by the browser.
import { notifications } from '@mantine/notifications'
import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

export function useLeaveGuard(isChanged: boolean, question: string): void {
  const { t } = useTranslation()
  useBlocker({
    shouldBlockFn: ({ current, next }) => {
      if (!isChanged || current.pathname === next.pathname) return false
      if (next.pathname !== '/sign-in') return !window.confirm(question)
      // The session ended. It is said once, and stays said.
      const message = t('state.signed_out')
      notifications.show({ id: 'signed-out', message, color: 'red', autoClose: false })
      return true
    },
    enableBeforeUnload: isChanged,
    disabled: !isChanged,
  })
}

// Where toasts appear. Their drawing code is loaded with the first one.
import { useNotifications } from '@mantine/notifications'
import { lazy, Suspense } from 'react'

const ToastList = lazy(() => import('./ToastList.tsx'))

export function Toasts() {
  const { notifications } = useNotifications()
  if (notifications.length === 0) return null
  return (
    <Suspense>
      <ToastList />
    </Suspense>
  )
}

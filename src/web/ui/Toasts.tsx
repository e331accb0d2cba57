// Where toasts appear. Their drawing code comes once the page is calm: the first may say that there is no connection.
import { useNotifications } from '@mantine/notifications'
import { lazyPart, usePreload } from './lazy-part.tsx'

const ToastList = lazyPart(() => import('./ToastList.tsx'))
const PARTS = [ToastList]

export function Toasts() {
  const { notifications } = useNotifications()
  usePreload(PARTS)
  return notifications.length > 0 && <ToastList />
}

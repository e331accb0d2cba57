// Where toasts appear. Their drawing code is loaded with the first one.
import { useNotifications } from '@mantine/notifications'
import { lazyPart } from './lazy-part.tsx'

const ToastList = lazyPart(() => import('./ToastList.tsx'))

export function Toasts() {
  const { notifications } = useNotifications()
  return notifications.length > 0 && <ToastList />
}

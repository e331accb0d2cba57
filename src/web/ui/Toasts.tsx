// Where toasts appear. Their drawing code comes once the page is calm: the first may say that there is no connection.
import { notifications as toasts, useNotifications } from '@mantine/notifications'
import { onPersonGone } from '../person-here.ts'
import { lazyPart, usePreload } from './lazy-part.tsx'

const ToastList = lazyPart(() => import('./ToastList.tsx'))
const PARTS = [ToastList]
onPersonGone(toasts.clean)

export function Toasts() {
  const { notifications } = useNotifications()
  usePreload(PARTS)
  return notifications.length > 0 && <ToastList />
}

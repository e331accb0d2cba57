// The toasts themselves, at the bottom left: the uploads have the right side.
import '@mantine/notifications/styles.css'
import { Notifications } from '@mantine/notifications'

export default function ToastList() {
  return <Notifications position="bottom-left" limit={4} containerWidth={380} />
}

// Toasts: what was done, or what failed and why.
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ApiError } from '../../contract/client.ts'
import { messageOf } from './ErrorState.tsx'

export function notifyDone(message: ReactNode): void {
  notifications.show({ message, color: 'teal', icon: <IconCheck size={16} />, autoClose: 4000 })
}

/** Errors stay until they are read. A lost session is not a toast: the page leads to sign-in. */
export function notifyFailed(error: unknown): void {
  if (error instanceof ApiError && error.code === 'not_signed_in') return
  notifications.show({
    title: error instanceof ApiError ? error.title : undefined,
    message: messageOf(error),
    color: 'red',
    icon: <IconAlertTriangle size={16} />,
    autoClose: 12_000,
  })
}

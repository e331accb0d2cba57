// What lies over the page as long as it is mounted. When it goes, the focus goes back to where it was.
import { Drawer, type DrawerProps, Modal, type ModalProps } from '@mantine/core'
import { useFocusBack } from './use-focus-back.ts'

/** A page has one banner; a dialog's head is none. */
const HEAD = { header: { role: 'presentation' } }

export function Dialog(props: Omit<ModalProps, 'opened'>) {
  useFocusBack()
  return <Modal opened attributes={HEAD} {...props} />
}

/** Along the right edge. */
export function SideSheet(props: Omit<DrawerProps, 'opened' | 'position'>) {
  useFocusBack()
  return <Drawer opened position="right" attributes={HEAD} {...props} />
}

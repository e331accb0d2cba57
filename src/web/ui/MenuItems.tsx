// The menu of a button that stands elsewhere; see use-menu.ts.
import { type FloatingPosition, Menu } from '@mantine/core'
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useState } from 'react'
import type { OfMenu } from './use-menu.ts'

type Props = OfMenu & { position: FloatingPosition; width?: number; maxHeight?: number; children: ReactNode }

export function MenuItems({ id, button, isOpen, onClose, position, width, maxHeight, children }: Props) {
  // It opens after it is there: only then it notes where the focus is to go back to.
  const [opened, setOpened] = useState(false)
  useEffect(() => setOpened(isOpen), [isOpen])
  return (
    <Menu id={id} opened={opened} onClose={onClose} position={position} {...(width ? { width } : {})}>
      <Menu.Target>
        <Standing for={button} />
      </Menu.Target>
      <Menu.Dropdown {...(maxHeight ? { mah: maxHeight, style: { overflowY: 'auto' } } : {})}>{children}</Menu.Dropdown>
    </Menu>
  )
}

function Standing({ for: button, ref }: { for: HTMLElement; ref?: Ref<HTMLElement> }) {
  useImperativeHandle(ref, () => button, [button])
  return null
}

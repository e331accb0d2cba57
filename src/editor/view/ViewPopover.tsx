// How the image is shown, under its button.
import { Popover } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import type { Editor } from '../editor.ts'
import { texts } from '../texts.ts'
import ViewPanel from './ViewPanel.tsx'

type Props = { editor: Editor; isOpen: boolean; onChange: (isOpen: boolean) => void; children: ReactNode }

export default function ViewPopover({ editor, isOpen, onChange, children }: Props) {
  // The focus stays on the image: Escape comes from there.
  useEffect(() => {
    if (!isOpen) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      onChange(false)
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [isOpen, onChange])
  return (
    <Popover opened={isOpen} onChange={onChange} withRoles={false} position="right-end" width={330}>
      <Popover.Target>
        <span>{children}</span>
      </Popover.Target>
      <Popover.Dropdown role="group" aria-label={texts.display.title}>
        <ViewPanel editor={editor} />
      </Popover.Dropdown>
    </Popover>
  )
}

// How the image is shown, under its button.
import { Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Editor } from '../editor.ts'
import { texts } from '../texts.ts'
import ViewPanel from './ViewPanel.tsx'

type Props = { editor: Editor; isOpen: boolean; onChange: (isOpen: boolean) => void; children: ReactNode }

export default function ViewPopover({ editor, isOpen, onChange, children }: Props) {
  return (
    <Popover opened={isOpen} onChange={onChange} withRoles={false} position="bottom-start" width={330}>
      <Popover.Target>
        <span>{children}</span>
      </Popover.Target>
      <Popover.Dropdown role="group" aria-label={texts.display.title}>
        <ViewPanel editor={editor} />
      </Popover.Dropdown>
    </Popover>
  )
}

// The button for how the image is shown. What it opens is loaded when it is first wanted.
import { Popover } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { isToned } from '../display.ts'
import type { Editor } from '../editor.ts'
import { texts } from '../texts.ts'
import { ToolButton } from './ToolButton.tsx'
import { useEditor } from './use-editor.ts'

const ViewPanel = lazy(() => import('./ViewPanel.tsx'))

export function ViewMenu({ editor }: { editor: Editor }) {
  const [isOpen, setOpen] = useState(false)
  // A picture that is not shown as it is must not be taken for the original.
  const isChanged = useEditor(editor, (s) => isToned(s.display))
  return (
    <Popover opened={isOpen} onChange={setOpen} withRoles={false} position="bottom-start" width={330}>
      <Popover.Target>
        <span>
          <ToolButton label={texts.display.title} isOn={isChanged} onClick={() => setOpen(!isOpen)}>
            <IconAdjustmentsHorizontal size={18} stroke={1.75} />
          </ToolButton>
        </span>
      </Popover.Target>
      <Popover.Dropdown role="group" aria-label={texts.display.title}>
        <Suspense>
          <ViewPanel editor={editor} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}

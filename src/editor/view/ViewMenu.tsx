// The button for how the image is shown. What it opens is loaded when it is first wanted.
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useState } from 'react'
import { isToned } from '../display.ts'
import type { Editor } from '../editor.ts'
import { texts } from '../texts.ts'
import { lazyPart } from './lazy-part.tsx'
import { ToolButton } from './ToolButton.tsx'
import { useEditor } from './use-editor.ts'

export const ViewPopover = lazyPart(
  () => import('./ViewPopover.tsx'),
  ({ children }) => children,
)

export function ViewMenu({ editor }: { editor: Editor }) {
  const [isOpen, setOpen] = useState<boolean | null>(null)
  // A picture that is not shown as it is must not be taken for the original.
  const isChanged = useEditor(editor, (s) => isToned(s.display))
  const button = (
    <ToolButton label={texts.display.title} isOn={isChanged} onClick={() => setOpen(!isOpen)}>
      <IconAdjustmentsHorizontal size={18} stroke={1.75} />
    </ToolButton>
  )
  if (isOpen === null) return button
  return (
    <ViewPopover editor={editor} isOpen={isOpen} onChange={setOpen}>
      {button}
    </ViewPopover>
  )
}

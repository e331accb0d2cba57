// The button for how the image is shown. What it opens is loaded when it is first wanted.
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useState } from 'react'
import { isToned } from '../display.ts'
import type { Editor } from '../editor.ts'
import { texts } from '../texts.ts'
import { lazyPart } from './lazy-part.tsx'
import { ToolButton } from './ToolButton.tsx'
import { useEditor } from './use-editor.ts'

export const ViewPopover = lazyPart(() => import('./ViewPopover.tsx'))

export function ViewMenu({ editor }: { editor: Editor }) {
  const [place, setPlace] = useState<HTMLElement | null>(null)
  /** null: it was never opened. */
  const [isOpen, setOpen] = useState<boolean | null>(null)
  const [isByKey, setByKey] = useState(false)
  // A picture that is not shown as it is must not be taken for the original.
  const isChanged = useEditor(editor, (s) => isToned(s.display))
  return (
    <span ref={setPlace}>
      <ToolButton
        label={texts.display.title}
        isOn={isChanged}
        isExpanded={isOpen === true}
        onClick={(event) => {
          setOpen(!isOpen)
          // A key makes a click without a place.
          setByKey(event.detail === 0)
        }}
      >
        <IconAdjustmentsHorizontal size={18} stroke={1.75} />
      </ToolButton>
      {isOpen !== null && place && (
        <ViewPopover editor={editor} place={place} isOpen={isOpen} isByKey={isByKey} onChange={setOpen} />
      )}
    </span>
  )
}

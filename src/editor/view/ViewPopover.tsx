// How the image is shown, under its button.
import { Popover } from '@mantine/core'
import { type Ref, useEffect, useImperativeHandle } from 'react'
import type { Editor } from '../editor.ts'
import { texts } from '../texts.ts'
import ViewPanel from './ViewPanel.tsx'

type Props = {
  editor: Editor
  /** Around its button. */
  place: HTMLElement
  isOpen: boolean
  /** The focus goes into it then, and back to its button by Escape. Else it stays on the image. */
  isByKey: boolean
  onChange: (isOpen: boolean) => void
}

export default function ViewPopover({ editor, place, isOpen, isByKey, onChange }: Props) {
  useEffect(() => {
    if (!isOpen) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      if (isByKey) place.querySelector('button')?.focus()
      onChange(false)
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [isOpen, isByKey, place, onChange])
  return (
    <Popover opened={isOpen} onChange={onChange} trapFocus={isByKey} withRoles={false} position="right-end" width={330}>
      <Popover.Target>
        <Anchor element={place} />
      </Popover.Target>
      <Popover.Dropdown role="group" aria-label={texts.display.title}>
        <ViewPanel editor={editor} />
      </Popover.Dropdown>
    </Popover>
  )
}

/** Hands out what is on the page already: under a new parent the button would be another one, without the focus. */
function Anchor({ element, ref }: { element: HTMLElement; ref?: Ref<HTMLElement> }) {
  useImperativeHandle(ref, () => element, [element])
  return null
}

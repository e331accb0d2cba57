// The toolbar's part for the brush; loaded when the brush is taken.
import { IconBucketDroplet, IconEraser, IconMinus, IconPlus } from '@tabler/icons-react'
import type { Editor } from '../editor.ts'
import { ToolButton } from './ToolButton.tsx'
import styles from './toolbar.module.css'
import { useEditor } from './use-editor.ts'

const BRUSH_ICONS = { erase: IconEraser, fill: IconBucketDroplet } as const

/** What the brush does, and how wide it is. Pressed again, a mode goes back to painting. */
export default function BrushControls({ editor }: { editor: Editor }) {
  const { size, mode } = useEditor(editor, (s) => s.brush)
  return (
    <>
      <hr className={styles.divider} aria-orientation="vertical" />
      {(['erase', 'fill'] as const).map((name) => {
        const Icon = BRUSH_ICONS[name]
        const next = mode === name ? 'add' : name
        return (
          <ToolButton
            key={name}
            action={`brush_${name}`}
            isOn={mode === name}
            onClick={() => editor.setBrushMode(next)}
          >
            <Icon size={18} stroke={1.75} />
          </ToolButton>
        )
      })}
      <ToolButton action="brush_smaller" onClick={() => editor.setBrushSize(Math.min(size - 1, size / 1.2))}>
        <IconMinus size={14} stroke={1.75} />
      </ToolButton>
      <span className={styles.zoom}>{size} px</span>
      <ToolButton action="brush_larger" onClick={() => editor.setBrushSize(Math.max(size + 1, size * 1.2))}>
        <IconPlus size={14} stroke={1.75} />
      </ToolButton>
    </>
  )
}

// Brightness, contrast and gamma of the image layer: a table that the browser's compositor looks up, made once a change.
import { toneTable } from '../display.ts'
import type { Editor } from '../editor.ts'
import styles from './annotation-canvas.module.css'
import { useEditor } from './use-editor.ts'

/** CSS for what is shown through it. */
export const toneFilter = (isOn: boolean): string | undefined => (isOn ? `url(#${FILTER_ID})` : undefined)

const FILTER_ID = 'pixlhub-tones'

export function ToneFilter({ editor }: { editor: Editor }) {
  const display = useEditor(editor, (s) => s.display)
  const table = toneTable(display)?.map((v) => v.toFixed(4))
  if (!table) return null
  const channel = { type: 'table', tableValues: table.join(' ') } as const
  return (
    <svg className={styles.filter} width="0" height="0" aria-hidden>
      <filter id={FILTER_ID} colorInterpolationFilters="sRGB" x="0" y="0" width="1" height="1">
        <feComponentTransfer>
          <feFuncR {...channel} />
          <feFuncG {...channel} />
          <feFuncB {...channel} />
        </feComponentTransfer>
      </filter>
    </svg>
  )
}

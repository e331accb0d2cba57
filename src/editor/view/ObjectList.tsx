// The objects of the task. Only the rows in sight exist, so that 20,000 objects scroll like twenty.
import { Text } from '@mantine/core'
import { IconEye, IconEyeOff, IconLock, IconLockOpen, IconTrash } from '@tabler/icons-react'
import { type MouseEvent, memo, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { AnnotationObject } from '../../model/annotation.ts'
import type { LabelClass } from '../../model/label-schema.ts'
import { chooseRow } from '../commands/choose-rows.ts'
import type { Editor } from '../editor.ts'
import { texts } from '../texts.ts'
import { UNKNOWN_COLOR } from './colors.ts'
import styles from './object-list.module.css'
import { TOOL_ICONS } from './shape-icons.ts'
import { keepFocus, useEditor } from './use-editor.ts'

const ROW = 30
/** Rows kept above and below the visible ones. */
const SPARE = 6

/** Fills the height of its parent and scrolls in itself. */
export const ObjectList = memo(function ObjectList({ editor }: { editor: Editor }) {
  // Another document's image comes first.
  const objects = useDeferredValue(useEditor(editor, (s) => s.document.objects))
  const schema = useEditor(editor, (s) => s.schema)
  const selection = useEditor(editor, (s) => s.selection)
  const hidden = useEditor(editor, (s) => s.hidden)
  const locked = useEditor(editor, (s) => s.locked)
  const isReadOnly = useEditor(editor, (s) => s.isReadOnly)
  const box = useRef<HTMLElement>(null)
  const [range, setRange] = useState({ top: 0, height: 600 })
  const classes = useMemo(() => new Map(schema.classes.map((c) => [c.id, c])), [schema])
  const selected = useMemo(() => new Set(selection), [selection])

  useEffect(() => {
    const element = box.current as HTMLElement
    const measure = () => setRange({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(() => {
      // The form under the list opens with the selection and may cover the very row it is about.
      bringIntoSight(element, editor)
      measure()
    })
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [editor])

  /** Where Shift begins. */
  const chosen = useRef<string | null>(null)
  const choose = useCallback(
    (id: string, { shiftKey, ctrlKey, metaKey }: MouseEvent) => {
      const { selection, document, hidden } = editor.state()
      const held = { isRange: shiftKey, isToggling: ctrlKey || metaKey }
      const ids = chooseRow(document.objects, selection, chosen.current, id, held, hidden)
      if (!editor.select(ids) || shiftKey) return
      chosen.current = id
      if (!held.isToggling) editor.reveal(id)
    },
    [editor],
  )

  // What is selected on the canvas comes into sight here.
  const last = selection.at(-1)
  useEffect(() => {
    if (last !== undefined) bringIntoSight(box.current as HTMLElement, editor)
  }, [editor, last])

  const first = Math.max(0, Math.floor(range.top / ROW) - SPARE)
  const end = Math.min(objects.length, Math.ceil((range.top + range.height) / ROW) + SPARE)

  return (
    <section ref={box} className={styles.box} aria-label={texts.list.label}>
      {objects.length === 0 && (
        <Text size="sm" c="dimmed" p={8}>
          {isReadOnly ? texts.list.none : texts.list.empty}
        </Text>
      )}
      <ul className={styles.rows} style={{ height: objects.length * ROW }}>
        {objects.slice(first, end).map((o, i) => (
          <Row
            key={o.id}
            editor={editor}
            object={o}
            number={first + i + 1}
            labelClass={classes.get(o.class_id)}
            isSelected={selected.has(o.id)}
            isHidden={hidden.has(o.id)}
            isLocked={locked.has(o.id)}
            isReadOnly={isReadOnly}
            onChoose={choose}
          />
        ))}
      </ul>
    </section>
  )
})

/** Scrolls no further than needed to show the row of what was selected last. */
function bringIntoSight(list: HTMLElement, editor: Editor): void {
  const { selection, document } = editor.state()
  const last = selection.at(-1)
  const index = last === undefined ? -1 : document.objects.findIndex((o) => o.id === last)
  if (index < 0) return
  const top = index * ROW
  if (top < list.scrollTop) list.scrollTop = top
  else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight
}

type RowProps = {
  editor: Editor
  object: AnnotationObject
  /** From 1, in document order. */
  number: number
  labelClass: LabelClass | undefined
  isSelected: boolean
  isHidden: boolean
  isLocked: boolean
  isReadOnly: boolean
  onChoose: (id: string, event: MouseEvent) => void
}

const Row = memo(function Row(row: RowProps) {
  const { editor, object, number, labelClass, isSelected, isHidden, isLocked, isReadOnly, onChoose } = row
  const Icon = TOOL_ICONS[object.shape.type]
  const name = labelClass?.name ?? texts.list.unknownClass
  const lockTitle = isLocked ? texts.list.unlock : texts.list.lock
  const hideTitle = isHidden ? texts.list.show : texts.list.hide
  return (
    <li
      className={styles.row}
      style={{ top: (number - 1) * ROW }}
      data-selected={isSelected || undefined}
      data-hidden={isHidden || undefined}
    >
      <button
        type="button"
        className={styles.main}
        aria-pressed={isSelected}
        onMouseDown={keepFocus}
        onClick={(event) => onChoose(object.id, event)}
      >
        <span className={styles.color} style={{ background: labelClass?.color ?? UNKNOWN_COLOR }} />
        <Icon size={15} stroke={1.75} className={styles.icon} role="img" aria-label={texts.tools[object.shape.type]} />
        <span className={styles.name}>{name}</span>
        <span className={styles.number}>{number}</span>
      </button>
      <button
        type="button"
        className={styles.act}
        title={hideTitle}
        aria-label={`${hideTitle} ${name} ${number}`}
        onMouseDown={keepFocus}
        onClick={() => editor.toggleHidden([object.id])}
      >
        {isHidden ? <IconEyeOff size={15} /> : <IconEye size={15} />}
      </button>
      {!isReadOnly && (
        <button
          type="button"
          className={styles.act}
          data-on={isLocked || undefined}
          title={lockTitle}
          aria-label={`${lockTitle} ${name} ${number}`}
          onMouseDown={keepFocus}
          onClick={() => editor.toggleLocked([object.id])}
        >
          {isLocked ? <IconLock size={15} /> : <IconLockOpen size={15} />}
        </button>
      )}
      {!isReadOnly && !isLocked && (
        <button
          type="button"
          className={styles.act}
          title={texts.list.delete}
          aria-label={`${texts.list.delete} ${name} ${number}`}
          onMouseDown={keepFocus}
          onClick={() => editor.delete([object.id])}
        >
          <IconTrash size={15} />
        </button>
      )}
    </li>
  )
})

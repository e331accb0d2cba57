// A small box over the grid: a row number or a name, Enter goes there.
import { CloseButton, Loader, TextInput } from '@mantine/core'
import { IconCornerDownRight } from '@tabler/icons-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../ui/ErrorState.tsx'
import type { TaskRows } from '../grid/row-source.ts'
import classes from './jump.module.css'
import { readJump } from './read-jump.ts'

type Props = {
  source: TaskRows
  isFiltered: boolean
  /** What the person began to type. */
  start: string
  onJump: (row: number) => void
  /** `isDone`: the person is done here and goes on in the grid; else they already are somewhere else. */
  onClose: (isDone: boolean) => void
}

export default function JumpBox({ source, isFiltered, start, onJump, onClose }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState(start)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const box = useRef<HTMLElement>(null)
  /** Counts what was asked: an answer to something older, or after the box was closed, goes nowhere. */
  const latest = useRef(0)
  useEffect(() => () => void latest.current++, [])

  const rowOf = async (): Promise<number | string> => {
    const jump = readJump(text)
    if (!jump) return ''
    if ('row' in jump) {
      const count = source.total ?? 0
      return jump.row >= 0 && jump.row < count ? jump.row : t('tasks.jump.no_row', { count })
    }
    const row = await source.find(jump.place)
    if (row !== null) return row
    const what = 'name' in jump.place ? `“${jump.place.name}”` : `#${jump.place.task_id}`
    return t(isFiltered ? 'tasks.jump.no_match' : 'tasks.jump.nothing', { what })
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const call = ++latest.current
    setBusy(true)
    const found = await rowOf().catch(messageOf)
    if (call !== latest.current) return
    setBusy(false)
    if (typeof found === 'number') onJump(found)
    else setProblem(found || null)
  }
  return (
    <search
      ref={box}
      className={classes.box}
      aria-label={t('tasks.jump.label')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose(true)
      }}
      onBlur={(event) => {
        // A press elsewhere is about something else; the window that loses the focus is not.
        if (event.relatedTarget && !box.current?.contains(event.relatedTarget)) onClose(false)
      }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <TextInput
          autoFocus
          aria-label={t('tasks.jump.label')}
          placeholder={t('tasks.jump.placeholder')}
          description={t('tasks.jump.hint')}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          value={text}
          error={problem}
          maxLength={500}
          leftSection={isBusy ? <Loader size={14} /> : <IconCornerDownRight size={14} />}
          rightSection={<CloseButton size="sm" aria-label={t('tasks.jump.close')} onClick={() => onClose(true)} />}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setProblem(null)
          }}
          onFocus={(event) => event.currentTarget.setSelectionRange(start.length, start.length)}
        />
      </form>
    </search>
  )
}

// The classes of the project with their colours and keys; the active one is marked. Where a class may have no key, there is a search.
import { Text, TextInput, UnstyledButton } from '@mantine/core'
import { IconCheck, IconSearch } from '@tabler/icons-react'
import {
  type KeyboardEvent,
  memo,
  type ReactElement,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { type LabelSchema, liveClasses } from '../../model/label-schema.ts'
import { isShapeType } from '../../model/shapes/index.ts'
import { allows, classKeys } from '../class-keys.ts'
import type { Editor } from '../editor.ts'
import { texts } from '../texts.ts'
import { focusCanvas } from './bind-input.ts'
import styles from './class-picker.module.css'
import { keepFocus, useEditor } from './use-editor.ts'

/** More than there are digits. */
const SEARCH_FROM = 10

export const isSearched = (schema: LabelSchema): boolean => liveClasses(schema).length >= SEARCH_FROM

const Bare = ({ children }: { children: ReactElement }) => children

type Props = {
  editor: Editor
  /** Around the search: says its key. */
  Hint?: (props: { children: ReactElement }) => ReactNode
}

export const ClassPicker = memo(function ClassPicker({ editor, Hint = Bare }: Props) {
  const schema = useEditor(editor, (s) => s.schema)
  const active = useEditor(editor, (s) => s.activeClassId)
  const tool = useEditor(editor, (s) => s.tool)
  const isReadOnly = useEditor(editor, (s) => s.isReadOnly)
  const [search, setSearch] = useState('')
  const classes = useMemo(() => liveClasses(schema), [schema])
  const keyOf = useMemo(() => new Map([...classKeys(schema)].map(([key, c]) => [c.id, key])), [schema])
  const found = classes.filter((c) => c.name.toLowerCase().includes(search.trim().toLowerCase()))
  const hasSearch = isSearched(schema)
  const marked = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is marked, or all are listed again
  useEffect(() => {
    if (hasSearch && search === '') marked.current?.scrollIntoView({ block: 'nearest' })
  }, [hasSearch, active, search])

  const leave = () => {
    setSearch('')
    focusCanvas()
  }
  const choose = (id: number, isByKey: boolean) => {
    editor.chooseClass(id)
    if (isByKey) leave()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const [first] = found
    const isInField = event.target instanceof HTMLInputElement
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && isInField && first && !isReadOnly) choose(first.id, true)
    else if (event.key === 'Escape') leave()
    else if (event.key === 'ArrowDown') step(event, 1)
    else if (event.key === 'ArrowUp') step(event, -1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the field and the buttons in it
    <div onKeyDown={hasSearch ? onKeyDown : undefined}>
      {hasSearch && (
        <Hint>
          <TextInput
            size="xs"
            mb={6}
            leftSection={<IconSearch size={14} />}
            aria-label={texts.classes.search}
            placeholder={texts.classes.search}
            data-class-search
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </Hint>
      )}
      {classes.length === 0 && (
        <Text size="sm" c="dimmed">
          {texts.classes.empty}
        </Text>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame */}
      <div role="group" aria-label={texts.classes.label} className={styles.list}>
        {found.map((c) => {
          const isUnsuited = isShapeType(tool) && !allows(c, tool)
          return (
            <UnstyledButton
              key={c.id}
              ref={c.id === active ? marked : undefined}
              className={styles.row}
              data-active={c.id === active || undefined}
              data-unsuited={isUnsuited || undefined}
              title={isUnsuited ? `${c.name}: ${texts.classes.unsuited}` : c.name}
              aria-pressed={c.id === active}
              disabled={isReadOnly}
              onMouseDown={keepFocus}
              // A key makes a click without a place.
              onClick={(event) => choose(c.id, hasSearch && event.detail === 0)}
            >
              <span className={styles.color} style={{ background: c.color }} />
              <span className={styles.name}>{c.name}</span>
              {c.id === active && <IconCheck size={14} aria-hidden />}
              {keyOf.has(c.id) && <kbd className={styles.key}>{keyOf.get(c.id)?.toUpperCase()}</kbd>}
            </UnstyledButton>
          )
        })}
      </div>
    </div>
  )
})

/** From the field to the first class, from class to class, and back. */
function step(event: KeyboardEvent<HTMLElement>, by: 1 | -1): void {
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button:enabled')]
  stops[stops.indexOf(event.target as HTMLElement) + by]?.focus()
}

// The classes of the project with their colours and keys; the active one is marked. Long schemas get a search field.
import { Text, TextInput, UnstyledButton } from '@mantine/core'
import { IconCheck, IconSearch } from '@tabler/icons-react'
import { memo, useMemo, useState } from 'react'
import { liveClasses } from '../../model/label-schema.ts'
import { isShapeType } from '../../model/shapes/index.ts'
import { allows, classKeys } from '../class-keys.ts'
import type { Editor } from '../editor.ts'
import { texts } from '../texts.ts'
import styles from './class-picker.module.css'
import { keepFocus, useEditor } from './use-editor.ts'

const SEARCH_FROM = 12

export const ClassPicker = memo(function ClassPicker({ editor }: { editor: Editor }) {
  const schema = useEditor(editor, (s) => s.schema)
  const active = useEditor(editor, (s) => s.activeClassId)
  const tool = useEditor(editor, (s) => s.tool)
  const isReadOnly = useEditor(editor, (s) => s.isReadOnly)
  const [search, setSearch] = useState('')
  const classes = useMemo(() => liveClasses(schema), [schema])
  const keyOf = useMemo(() => new Map([...classKeys(schema)].map(([key, c]) => [c.id, key])), [schema])
  const found = classes.filter((c) => c.name.toLowerCase().includes(search.trim().toLowerCase()))

  return (
    <div>
      {classes.length >= SEARCH_FROM && (
        <TextInput
          size="xs"
          mb={6}
          leftSection={<IconSearch size={14} />}
          aria-label={texts.classes.search}
          placeholder={texts.classes.search}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
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
              className={styles.row}
              data-active={c.id === active || undefined}
              data-unsuited={isUnsuited || undefined}
              title={isUnsuited ? `${c.name}: ${texts.classes.unsuited}` : c.name}
              aria-pressed={c.id === active}
              disabled={isReadOnly}
              onMouseDown={keepFocus}
              onClick={() => editor.chooseClass(c.id)}
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

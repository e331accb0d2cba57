// The options of an attribute as rows: renamed in place, so that values keep their meaning. Enter adds; pasted lines are options each.
import { ActionIcon, Button, Group, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { type ClipboardEvent, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Attribute, liveOptions } from '../../../model/label-schema.ts'
import { addOptions, moveOption, renameOption, restoreOption, shiftOption } from './attribute-draft.ts'
import { RowHandle } from './RowHandle.tsx'
import classes from './schema.module.css'
import { useRowDrag } from './use-row-drag.ts'

type Props = {
  attribute: Attribute
  onChange: (attribute: Attribute) => void
  onRemove: (option: Attribute['options'][number]) => void
}

export function OptionList({ attribute, onChange, onRemove }: Props) {
  const { t } = useTranslation()
  const drag = useRowDrag({
    onMove: (id, side, over) => onChange(moveOption(attribute, id, side, over)),
    onShift: (id, by) => onChange(shiftOption(attribute, id, by)),
  })
  const live = liveOptions(attribute)
  const names = live.map((o) => o.name.trim())
  const removed = attribute.options.filter((o) => o.is_removed)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll in every browser
    <div role="group" aria-label={`${t('schema.options')}: ${attribute.name}`}>
      <div className={classes.options}>
        {live.map((o) => (
          <Group key={o.id} gap={2} wrap="nowrap" className={classes.option} {...drag.row(o.id)}>
            <RowHandle name={o.name} handle={drag.handle(o.id)} />
            <TextInput
              aria-label={t('schema.option')}
              value={o.name}
              maxLength={100}
              error={o.name.trim() === '' || names.indexOf(o.name.trim()) !== names.lastIndexOf(o.name.trim())}
              onChange={(event) => onChange(renameOption(attribute, o.id, event.currentTarget.value))}
              style={{ flex: 1 }}
            />
            <ActionIcon aria-label={t('schema.remove', { name: o.name })} onClick={() => onRemove(o)}>
              <IconTrash size={15} stroke={1.6} />
            </ActionIcon>
          </Group>
        ))}
      </div>
      <NewOption attribute={attribute} onAdd={(names) => onChange(addOptions(attribute, names))} />
      {removed.map((o) => (
        <Button
          key={o.id}
          variant="default"
          size="compact-xs"
          mt={4}
          mr={4}
          onClick={() => onChange(restoreOption(attribute, o.id))}
        >
          {t('schema.restore')} {o.name}
        </Button>
      ))}
    </div>
  )
}

function NewOption({ attribute, onAdd }: { attribute: Attribute; onAdd: (names: string[]) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const add = () => {
    onAdd([typed])
    setTyped('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    add()
  }
  const onPaste = (event: ClipboardEvent) => {
    const lines = event.clipboardData.getData('text').split(/\r?\n/)
    if (lines.length < 2) return
    event.preventDefault()
    onAdd(lines)
  }
  return (
    <TextInput
      aria-label={`${t('schema.add_option')}: ${attribute.name}`}
      placeholder={t('schema.options_hint')}
      value={typed}
      maxLength={100}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onBlur={() => typed.trim() !== '' && add()}
      className={classes.newOption}
    />
  )
}

// The attributes of a class or of the whole asset, as rows. A child hangs on an option of another attribute.
import { ActionIcon, Button, Checkbox, Group, Select, Table, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ATTRIBUTE_TYPES, type Attribute, hasOptions, liveOptions } from '../../../model/label-schema.ts'
import { useProjectId } from '../../session.tsx'
import {
  beginAnew,
  changeAttribute,
  depthOf,
  isOptionOf,
  losesValues,
  newAttribute,
  possibleParents,
  removeAttribute,
  removeOption,
  restoreAttribute,
  retype,
  startOf,
  withStart,
} from './attribute-draft.ts'
import InUseDialog from './InUseDialog.tsx'
import { havingClass, useTasksOf, WORKED_ON } from './in-use.ts'
import { OptionList } from './OptionList.tsx'
import classes from './schema.module.css'

type Change = (attributes: readonly Attribute[]) => Attribute[]
type Props = {
  attributes: readonly Attribute[]
  /** As they were saved last. */
  saved: readonly Attribute[]
  /** null: of the whole image. */
  class_id: number | null
  onChange: (change: Change) => void
}
/** What is asked before something goes that objects may have. */
type Question = {
  title: string
  text: string
  act?: string
  change: Change
  /** Where no object can have it. */
  otherwise?: Change
}

export default function AttributeList({ attributes, saved, class_id, onChange }: Props) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const [asked, setAsked] = useState<(Question & { tasks: number }) | null>(null)
  const filter = class_id === null ? WORKED_ON : havingClass(class_id)
  const { isAsking, askTasks } = useTasksOf(project_id)
  const askIfUsed = (question: Question) =>
    void askTasks(filter, (tasks) => {
      if (tasks > 0) setAsked({ ...question, tasks })
      else onChange(question.otherwise ?? question.change)
    })
  const live = attributes.filter((a) => !a.is_removed)
  const removed = attributes.filter((a) => a.is_removed)
  return (
    <>
      {live.length === 0 ? (
        <Text c="dimmed">{t('schema.no_attributes')}</Text>
      ) : (
        <Table verticalSpacing={5} layout="fixed" className={classes.asking} aria-busy={isAsking}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="20%">{t('field.name')}</Table.Th>
              <Table.Th w={148}>{t('schema.type')}</Table.Th>
              <Table.Th>{t('schema.options')}</Table.Th>
              <Table.Th w={180}>{t('schema.shown_when')}</Table.Th>
              <Table.Th w={130}>{t('schema.start')}</Table.Th>
              <Table.Th w={80}>{t('schema.required')}</Table.Th>
              <Table.Th w={44}>
                <VisuallyHidden>{t('action.remove')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {live.map((a) => (
              <AttributeRow
                key={a.id}
                attribute={a}
                all={attributes}
                saved={saved.find((s) => s.id === a.id)}
                onChange={onChange}
                onAsk={askIfUsed}
              />
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Group mt={10} gap={8}>
        <Button
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange((all) => [...all, newAttribute(all, t('schema.new_attribute'))])}
        >
          {t('schema.add_attribute')}
        </Button>
        {removed.map((a) => (
          <Button
            key={a.id}
            variant="default"
            size="compact-sm"
            onClick={() => onChange((all) => restoreAttribute(all, a.id))}
          >
            {t('schema.restore')} {a.name}
          </Button>
        ))}
      </Group>
      {asked && (
        <InUseDialog
          {...asked}
          use={t(class_id === null ? 'schema.worked_on' : 'schema.in_use', { count: asked.tasks })}
          filter={filter}
          onDo={() => onChange(asked.change)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}

/** Pixels: room before a name, and how much more where it hangs on another. */
const [CELL, INDENT] = [10, 16]

type RowProps = {
  attribute: Attribute
  all: readonly Attribute[]
  saved: Attribute | undefined
  onChange: (change: Change) => void
  onAsk: (question: Question) => void
}

function AttributeRow({ attribute: a, all, saved, onChange: change, onAsk }: RowProps) {
  const { t } = useTranslation()
  const onChange = (changed: Attribute) => change((now) => changeAttribute(now, changed))
  const chooseType = (type: Attribute['type']) => {
    const inPlace: Change = (now) => retype(now, a.id, type, saved)
    if (!losesValues(saved, type)) return change(inPlace)
    onAsk({
      title: t('schema.retype', { name: a.name }),
      text: t('schema.retype_text'),
      act: t('schema.retype_act'),
      change: (now) => beginAnew(now, a.id, type),
      otherwise: inPlace,
    })
  }
  const remove = () => {
    const removal: Change = (now) => removeAttribute(now, a.id, saved !== undefined)
    if (!saved) return change(removal)
    onAsk({ title: t('schema.remove', { name: a.name }), text: t('schema.attribute_in_use'), change: removal })
  }
  const dropOption = ({ id, name }: Attribute['options'][number]) => {
    const removal: Change = (now) => removeOption(now, a.id, id, saved)
    if (!isOptionOf(saved, id)) return change(removal)
    onAsk({ title: t('schema.remove', { name }), text: t('schema.option_in_use'), change: removal })
  }
  const parents = possibleParents(all, a.id).map(({ attribute, option }) => ({
    value: `${attribute.id}:${option.id}`,
    label: t('schema.when', { attribute: attribute.name, option: option.name }),
  }))
  const condition = a.parent ? `${a.parent.attribute_id}:${a.parent.option_id}` : ''
  return (
    <Table.Tr className={classes.attributeRow}>
      <Table.Td pl={CELL + depthOf(all, a) * INDENT}>
        <TextInput
          aria-label={t('schema.attribute_name')}
          value={a.name}
          maxLength={100}
          error={a.name.trim() === ''}
          onChange={(event) => onChange({ ...a, name: event.currentTarget.value })}
        />
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={`${t('schema.type')}: ${a.name}`}
          data={ATTRIBUTE_TYPES.map((value) => ({ value, label: t(`schema.types.${value}`) }))}
          value={a.type}
          onChange={(type) => type && chooseType(type as Attribute['type'])}
          allowDeselect={false}
        />
      </Table.Td>
      <Table.Td>
        {hasOptions(a.type) ? (
          <OptionList attribute={a} onChange={onChange} onRemove={dropOption} />
        ) : (
          <Text c="dimmed">–</Text>
        )}
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={`${t('schema.shown_when')}: ${a.name}`}
          title={parents.find((p) => p.value === condition)?.label}
          comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
          data={[{ value: '', label: t('schema.always') }, ...parents]}
          value={condition}
          onChange={(value) => {
            const [attribute_id, option_id] = (value ?? '').split(':').map(Number)
            onChange({ ...a, parent: attribute_id && option_id ? { attribute_id, option_id } : null })
          }}
        />
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={`${t('schema.start')}: ${a.name}`}
          data={[
            { value: '', label: t('schema.start_empty') },
            { value: 'last', label: t('schema.start_last') },
            ...startsOf(a, t('schema.start_checked'), t('schema.start_set')),
          ]}
          value={startOf(a)}
          allowDeselect={false}
          onChange={(start) => onChange(withStart(a, start ?? ''))}
        />
      </Table.Td>
      <Table.Td>
        <Checkbox
          className={classes.required}
          aria-label={`${t('schema.required')}: ${a.name}`}
          checked={a.is_required}
          onChange={(event) => onChange({ ...a, is_required: event.currentTarget.checked })}
        />
      </Table.Td>
      <Table.Td>
        <ActionIcon aria-label={t('schema.remove', { name: a.name })} onClick={remove}>
          <IconTrash size={15} stroke={1.6} />
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  )
}

/** What an attribute of this type can begin with, besides nothing and the last value. */
function startsOf(a: Attribute, checked: string, set: string): { value: string; label: string }[] {
  if (a.type === 'checkbox') return [{ value: 'checked', label: checked }]
  if (startOf(a) === 'set') return [{ value: 'set', label: set }]
  return a.type === 'radio' || a.type === 'dropdown'
    ? liveOptions(a).map((o) => ({ value: String(o.id), label: o.name }))
    : []
}

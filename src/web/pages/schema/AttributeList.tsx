// The attributes of a class or of the whole asset, as rows. A child hangs on an option of another attribute.
import { ActionIcon, Button, Checkbox, Select, Table, TagsInput, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ATTRIBUTE_TYPES, type Attribute, hasOptions } from '../../../model/label-schema.ts'
import {
  depthOf,
  freeOrphans,
  newAttribute,
  possibleParents,
  removeAttribute,
  startOf,
  withOptions,
  withStart,
  withType,
} from './draft.ts'

type Props = {
  attributes: readonly Attribute[]
  onChange: (attributes: Attribute[]) => void
}

export default function AttributeList({ attributes, onChange }: Props) {
  const { t } = useTranslation()
  const change = (changed: Attribute) =>
    onChange(freeOrphans(attributes.map((a) => (a.id === changed.id ? changed : a))))
  return (
    <>
      {attributes.length === 0 ? (
        <Text c="dimmed">{t('schema.no_attributes')}</Text>
      ) : (
        <Table verticalSpacing={5} layout="fixed">
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
            {attributes.map((a) => (
              <AttributeRow
                key={a.id}
                attribute={a}
                all={attributes}
                onChange={change}
                onRemove={() => onChange(removeAttribute(attributes, a.id))}
              />
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Button
        mt={10}
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...attributes, newAttribute(attributes, t('schema.new_attribute'))])}
      >
        {t('schema.add_attribute')}
      </Button>
    </>
  )
}

/** Pixels: room before a name, and how much more where it hangs on another. */
const [CELL, INDENT] = [10, 16]

type RowProps = {
  attribute: Attribute
  all: readonly Attribute[]
  onChange: (attribute: Attribute) => void
  onRemove: () => void
}

function AttributeRow({ attribute: a, all, onChange, onRemove }: RowProps) {
  const { t } = useTranslation()
  const parents = possibleParents(all, a.id).map(({ attribute, option }) => ({
    value: `${attribute.id}:${option.id}`,
    label: t('schema.when', { attribute: attribute.name, option: option.name }),
  }))
  const condition = a.parent ? `${a.parent.attribute_id}:${a.parent.option_id}` : ''
  return (
    <Table.Tr>
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
          onChange={(type) => onChange(withType(a, type as Attribute['type']))}
        />
      </Table.Td>
      <Table.Td>
        {hasOptions(a.type) ? (
          <TagsInput
            aria-label={`${t('schema.options')}: ${a.name}`}
            placeholder={a.options.length === 0 ? t('schema.options_hint') : undefined}
            value={a.options.map((o) => o.name)}
            onChange={(names) => onChange(withOptions(a, names))}
            acceptValueOnBlur
          />
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
          aria-label={`${t('schema.required')}: ${a.name}`}
          checked={a.is_required}
          onChange={(event) => onChange({ ...a, is_required: event.currentTarget.checked })}
        />
      </Table.Td>
      <Table.Td>
        <ActionIcon aria-label={t('schema.remove', { name: a.name })} onClick={onRemove}>
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
    ? a.options.map((o) => ({ value: String(o.id), label: o.name }))
    : []
}

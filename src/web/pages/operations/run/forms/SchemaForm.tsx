// The form of an operation that this page does not know: one control per field of its schema.
import { Checkbox, JsonInput, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormProps, Params } from './form.ts'
import { type SchemaField, schemaFields } from './schema-fields.ts'

export function SchemaForm({ kind, params, onChange }: FormProps) {
  const { t } = useTranslation()
  const fields = schemaFields(kind.params)
  if (fields === null)
    return <Json label={t('operations.run.json')} value={params} onChange={(value) => onChange(value as Params)} />
  const set = (name: string, value: unknown) => onChange({ ...params, [name]: value })
  return (
    <Stack gap="sm">
      {fields.map((field) => (
        <Control
          key={field.name}
          field={field}
          value={params[field.name]}
          onChange={(value) => set(field.name, value)}
        />
      ))}
    </Stack>
  )
}

function Control({
  field,
  value,
  onChange,
}: {
  field: SchemaField
  value: unknown
  onChange: (value: unknown) => void
}) {
  const { label, isRequired } = field
  switch (field.control) {
    case 'flag':
      return <Checkbox label={label} checked={value === true} onChange={(e) => onChange(e.currentTarget.checked)} />
    case 'number':
    case 'integer':
      return (
        <NumberInput
          label={label}
          required={isRequired}
          allowDecimal={field.control === 'number'}
          value={typeof value === 'number' ? value : ''}
          onChange={(v) => onChange(v === '' ? undefined : Number(v))}
        />
      )
    case 'choice': {
      const text = field.choices.map(String)
      return (
        <Select
          label={label}
          required={isRequired}
          clearable={!isRequired}
          data={text}
          value={value === undefined ? null : String(value)}
          onChange={(v) => onChange(v === null ? undefined : field.choices[text.indexOf(v)])}
        />
      )
    }
    case 'text':
      return (
        <TextInput
          label={label}
          required={isRequired}
          value={String(value ?? '')}
          onChange={(e) => onChange(e.currentTarget.value === '' ? undefined : e.currentTarget.value)}
        />
      )
    case 'json':
      return <Json label={label} value={value} onChange={onChange} />
  }
}

function Json({ label, value, onChange }: { label: string; value: unknown; onChange: (value: unknown) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value))
  const change = (next: string) => {
    setText(next)
    if (next.trim() === '') return onChange(undefined)
    try {
      onChange(JSON.parse(next))
    } catch {
      // Stays as typed; the field says that it is not JSON.
    }
  }
  return (
    <JsonInput
      size="xs"
      label={label}
      value={text}
      onChange={change}
      validationError={t('operations.run.json_wrong')}
      autosize
      minRows={2}
    />
  )
}

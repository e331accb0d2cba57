// One attribute as the input that fits its type.
import {
  Checkbox,
  MultiSelect,
  NumberInput,
  type NumberInputProps,
  Radio,
  Select,
  Stack,
  Textarea,
} from '@mantine/core'
import { useState } from 'react'
import type { Attribute, AttributeValues } from '../../model/label-schema.ts'
import { texts } from '../texts.ts'
import { shownNumber, typedNumber } from './typed-number.ts'

type Props = {
  attribute: Attribute
  value: AttributeValues[string] | undefined
  /** The selected objects do not agree. */
  isMixed: boolean
  isMissing: boolean
  isReadOnly: boolean
  /** `undefined` clears it. */
  onChange: (value: AttributeValues[string] | undefined) => void
  /** The field was left. */
  onDone: () => void
}

/** Lists longer than this can be searched. */
const SEARCH_FROM = 8

export function AttributeField({ attribute, value, isMixed, isMissing, isReadOnly, onChange, onDone }: Props) {
  const common = {
    size: 'xs' as const,
    label: attribute.name,
    withAsterisk: attribute.is_required,
    // Said, not shouted: it is missing until it is filled in, that is no mistake yet.
    description: isMixed ? texts.attributes.mixed : isMissing ? texts.attributes.missing : undefined,
    wrapperProps: { 'data-missing': isMissing || undefined },
    // Mantine's dimmed is too faint for text of this size (WCAG AA).
    descriptionProps: {
      style: { color: 'color-mix(in srgb, var(--mantine-color-text) 72%, var(--mantine-color-body))' },
    },
  }
  const isChosen = (id: number) => (Array.isArray(value) ? value.includes(id) : value === id)
  // One that was removed is offered only where it is the value.
  const options = attribute.options
    .filter((o) => !o.is_removed || isChosen(o.id))
    .map((o) => ({ value: String(o.id), label: o.name }))
  const isSearchable = options.length > SEARCH_FROM
  /** A radio button that was chosen by mistake has no other way back. */
  const isClearable = (id: string) => !attribute.is_required && isChosen(Number(id))
  const chosen = (id: string | null) => onChange(id === null || id === '' ? undefined : Number(id))

  switch (attribute.type) {
    case 'text':
      return (
        <Textarea
          {...common}
          autosize
          maxRows={6}
          maxLength={10_000}
          disabled={isReadOnly}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value)}
          onBlur={onDone}
        />
      )
    case 'number':
      return <NumberField {...common} value={value} disabled={isReadOnly} onChange={onChange} onDone={onDone} />
    case 'checkbox':
      return (
        <Checkbox
          size={common.size}
          label={
            <>
              {attribute.name}
              {attribute.is_required && <Asterisk />}
            </>
          }
          description={common.description}
          wrapperProps={common.wrapperProps}
          disabled={isReadOnly}
          indeterminate={isMixed}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
          onBlur={onDone}
        />
      )
    case 'radio':
      return (
        <Radio.Group {...common} value={typeof value === 'number' ? String(value) : ''} onChange={chosen}>
          <Stack gap={6} mt={4}>
            {options.map((o) => (
              <Radio
                key={o.value}
                size="xs"
                value={o.value}
                label={o.label}
                title={isClearable(o.value) ? texts.attributes.clear : undefined}
                disabled={isReadOnly}
                onClick={() => isClearable(o.value) && onChange(undefined)}
                // Browsers make no click of Space where it is chosen already.
                onKeyDown={(event) => {
                  if (event.key !== ' ' || !isClearable(o.value)) return
                  event.preventDefault()
                  onChange(undefined)
                }}
                onBlur={onDone}
              />
            ))}
          </Stack>
        </Radio.Group>
      )
    case 'dropdown':
      return (
        <Select
          {...common}
          data={options}
          clearable={!attribute.is_required}
          searchable={isSearchable}
          selectFirstOptionOnChange={isSearchable}
          placeholder={texts.attributes.choose}
          disabled={isReadOnly}
          value={typeof value === 'number' ? String(value) : null}
          onChange={chosen}
          onBlur={onDone}
        />
      )
    case 'multi_select':
      return (
        <MultiSelect
          {...common}
          data={options}
          clearable
          searchable={isSearchable}
          selectFirstOptionOnChange={isSearchable}
          // Without a search there is nothing to clear, and the mark stays where it is.
          clearSearchOnChange={isSearchable}
          placeholder={Array.isArray(value) && value.length > 0 ? undefined : texts.attributes.choose}
          disabled={isReadOnly}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(ids) => onChange(ids.map(Number))}
          onBlur={onDone}
        />
      )
  }
}

/** As Mantine's labels have it; its checkbox has none. */
const Asterisk = () => (
  <span aria-hidden style={{ color: 'var(--mantine-color-error)' }}>
    {' *'}
  </span>
)

type NumberFieldProps = Omit<NumberInputProps, 'value' | 'onChange'> & Pick<Props, 'value' | 'onChange' | 'onDone'>

/** Keeps what is half typed (`-`, `1.`) until the field is left; only numbers reach the document. */
function NumberField({ value, onChange, onDone, ...rest }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <NumberInput
      {...rest}
      value={shownNumber(typed, value)}
      onChange={(next) => {
        setTyped(typeof next === 'string' ? next : null)
        const number = typedNumber(next)
        if (number !== null) onChange(number)
      }}
      onBlur={() => {
        setTyped(null)
        onDone()
      }}
    />
  )
}

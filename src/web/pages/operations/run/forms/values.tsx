// Set priority, Set batch, Archive, Restore; and any operation that has no form of its own.
import { NumberInput, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PRIORITY_MAX, PRIORITY_MIN } from '../../../../../model/task.ts'
import { BatchSelect } from './BatchSelect.tsx'
import type { FormProps, OperationForm } from './form.ts'
import { SchemaForm } from './SchemaForm.tsx'
import { missingFields } from './schema-fields.ts'

const isPriority = (v: unknown) => Number.isInteger(v) && Number(v) >= PRIORITY_MIN && Number(v) <= PRIORITY_MAX

export const setPriorityForm: OperationForm = {
  initial: () => ({ priority: 0 }),
  Form: ({ params, onChange }: FormProps) => {
    const { t } = useTranslation()
    return (
      <NumberInput
        label={t('operations.run.priority')}
        description={t('operations.run.priority_hint')}
        min={PRIORITY_MIN}
        max={PRIORITY_MAX}
        clampBehavior="none"
        allowDecimal={false}
        data-autofocus
        value={typeof params.priority === 'number' ? params.priority : ''}
        onChange={(value) => onChange({ priority: value === '' ? null : Number(value) })}
      />
    )
  },
  problem: (params, t) => (isPriority(params.priority) ? null : t('operations.run.choose_priority')),
  what: (params, count, _context, t) =>
    t('operations.run.what.set-priority', { count, priority: String(params.priority ?? '–') }),
  act: (_params, count, t) => t('operations.run.act.priority', { count }),
  canTakeOver: false,
}

export const setBatchForm: OperationForm = {
  initial: () => ({}),
  Form: ({ params, onChange, context }: FormProps) => (
    <BatchSelect
      value={params.batch_id as number | null | undefined}
      batches={context.batches}
      onChange={(batch_id) => onChange({ batch_id })}
    />
  ),
  problem: (params, t) => (params.batch_id === undefined ? t('operations.run.choose_batch') : null),
  what: (params, count, { names }, t) => {
    if (params.batch_id === undefined) return t('operations.run.what.set-batch-open', { count })
    return params.batch_id === null
      ? t('operations.run.what.set-batch-none', { count })
      : t('operations.run.what.set-batch', { count, batch: names.batch(Number(params.batch_id)) ?? '' })
  },
  act: (_params, count, t) => t('operations.run.act.batch', { count }),
  canTakeOver: false,
}

function WithoutChoices({ kind }: FormProps) {
  const { t } = useTranslation()
  return (
    <Text c="dimmed">{t(kind.name === 'archive' ? 'operations.run.archive_text' : 'operations.run.restore_text')}</Text>
  )
}

const withoutChoices = (name: 'archive' | 'restore'): OperationForm => ({
  initial: () => (name === 'archive' ? { open: 'leave_out' } : {}),
  Form: WithoutChoices,
  problem: () => null,
  what: (_params, count, _context, t) => t(`operations.run.what.${name}`, { count }),
  act: (_params, count, t) => t(`operations.run.act.${name}`, { count }),
  canTakeOver: name === 'archive',
})
export const archiveForm = withoutChoices('archive')
export const restoreForm = withoutChoices('restore')

/** Drawn from the operation's own JSON Schema. */
export const schemaForm = (title: string, schema: unknown): OperationForm => ({
  initial: () => ({}),
  Form: SchemaForm,
  problem: (params, t) => (missingFields(schema, params).length > 0 ? t('operations.run.choose') : null),
  what: (_params, count, _context, t) => t('operations.run.what.other', { count, title }),
  act: (_params, count, t) => t('operations.run.act.other', { count, title }),
  canTakeOver: false,
})

// Clear skip and Assign: operations that end at a person.
import { Radio, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { membersQuery } from '../../../../queries.ts'
import { useProjectId } from '../../../../session.tsx'
import type { FormProps, OperationForm } from './form.ts'

export const clearSkipForm: OperationForm = {
  initial: () => ({ to: 'pool' }),
  Form: ClearSkipForm,
  problem: (params, t) =>
    params.to === 'person' && params.person_id === undefined ? t('operations.run.choose_person') : null,
  what: (_params, count, _context, t) => t('operations.run.what.clear-skip', { count }),
  act: (_params, count, t) => t('operations.run.act.skip', { count }),
  canTakeOver: false,
}

export const assignForm: OperationForm = {
  initial: () => ({ open: 'leave_out' }),
  Form: AssignForm,
  problem: (params, t) => (params.person_id === undefined ? t('operations.run.choose_person') : null),
  what: (params, count, { names }, t) => {
    if (params.person_id === undefined) return t('operations.run.what.assign-open', { count })
    if (params.person_id === null) return t('operations.run.what.unassign', { count })
    return t('operations.run.what.assign', {
      count,
      person: names.person(Number(params.person_id)) ?? t('tasks.somebody'),
    })
  },
  act: (params, count, t) =>
    t(params.person_id === null ? 'operations.run.act.unassign' : 'operations.run.act.assign', { count }),
  canTakeOver: true,
}

function ClearSkipForm({ params, onChange }: FormProps) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <Radio.Group label={t('operations.run.skip_to')} value={String(params.to)} onChange={(to) => onChange({ to })}>
        <Stack gap={6} mt={6}>
          {(['pool', 'skipper', 'person'] as const).map((to) => (
            <Radio key={to} value={to} label={t(`operations.run.${to}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {params.to === 'person' && (
        <PersonSelect
          value={params.person_id as number | undefined}
          onChange={(person_id) => onChange({ ...params, person_id })}
        />
      )}
    </Stack>
  )
}

function AssignForm({ params, onChange }: FormProps) {
  return (
    <PersonSelect
      withNobody
      value={params.person_id as number | null | undefined}
      onChange={(person_id) => onChange({ ...params, person_id })}
    />
  )
}

const NOBODY = 'nobody'

function PersonSelect({
  value,
  onChange,
  withNobody = false,
}: {
  value: number | null | undefined
  onChange: (id: number | null) => void
  withNobody?: boolean
}) {
  const { t } = useTranslation()
  const members = useQuery(membersQuery(useProjectId())).data ?? []
  const data = members.map((m) => ({ value: String(m.id), label: `${m.name} · ${t(`role.${m.role}`)}` }))
  return (
    <Select
      label={t('operations.run.assignee')}
      placeholder={t('operations.run.choose_person')}
      data-autofocus
      searchable
      data={withNobody ? [{ value: NOBODY, label: t('operations.run.nobody') }, ...data] : data}
      value={value === undefined ? null : value === null ? NOBODY : String(value)}
      onChange={(next) => next !== null && onChange(next === NOBODY ? null : Number(next))}
    />
  )
}

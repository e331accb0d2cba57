// Clear skip: to whom the tasks are offered then.
import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FormProps, OperationForm } from './form.ts'
import { PersonSelect } from './PersonSelect.tsx'

export const clearSkipForm: OperationForm = {
  initial: () => ({ to: 'pool' }),
  Form: ClearSkipForm,
  problem: (params, t) =>
    params.to === 'person' && params.person_id === undefined ? t('operations.run.choose_person') : null,
  what: (_params, count, _context, t) => t('operations.run.what.clear-skip', { count }),
  act: (_params, count, t) => t('operations.run.act.skip', { count }),
  canTakeOver: false,
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

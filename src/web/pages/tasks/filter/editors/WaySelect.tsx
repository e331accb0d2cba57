// How a condition compares: is, is not, within, is empty…
import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../../../../model/filter.ts'

type Way = Condition['op']
type Props = { ways: readonly { value: Way; label: string }[]; value: Way; onChange: (way: Way) => void }

export function WaySelect({ ways, value, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <Select
      aria-label={t('tasks.filter.way')}
      data={ways}
      value={value}
      comboboxProps={{ withinPortal: false }}
      onChange={(next) => onChange(next as Way)}
    />
  )
}

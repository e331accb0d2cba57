// How a condition compares: is, is not, within, is empty…
import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'

type Props<W extends string> = {
  ways: readonly { value: W; label: string }[]
  value: W
  onChange: (way: W) => void
}

export function WaySelect<W extends string>({ ways, value, onChange }: Props<W>) {
  const { t } = useTranslation()
  return (
    <Select
      aria-label={t('tasks.filter.way')}
      data={ways}
      value={value}
      comboboxProps={{ withinPortal: false }}
      onChange={(next) => onChange(next as W)}
    />
  )
}

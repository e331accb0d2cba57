// The state of an import, by icon and colour.
import { IconAlertTriangle, IconBan, IconCircleCheck, IconHourglass, IconLoader2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ImportRow } from '../../queries.ts'

const LOOKS = {
  running: [IconLoader2, 'var(--stage-label)'],
  reported: [IconHourglass, 'var(--mark-skipped)'],
  done: [IconCircleCheck, 'var(--stage-completed)'],
  cancelled: [IconBan, 'var(--text-quiet)'],
  failed: [IconAlertTriangle, 'var(--mark-returned)'],
} as const

export function ImportStateBadge({ state }: { state: ImportRow['state'] }) {
  const { t } = useTranslation()
  const [Icon, color] = LOOKS[state]
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6, whiteSpace: 'nowrap' }}>
      <Icon size={14} stroke={1.8} color={color} aria-hidden /> {t(`imports.state.${state}`)}
    </span>
  )
}

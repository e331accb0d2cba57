// No page at this address.
import { Anchor } from '@mantine/core'
import { IconZoomQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from './EmptyState.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState
      isPage
      icon={<IconZoomQuestion size={28} stroke={1.5} />}
      title={t('state.not_found')}
      action={<Anchor href="/projects">{t('nav.projects')}</Anchor>}
    >
      {t('state.not_found_text')}
    </EmptyState>
  )
}

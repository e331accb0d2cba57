// The guide: managers write it, everybody else reads it.
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { guideQuery, type ReplyOf } from '../../queries.ts'
import { useMay, useProjectId } from '../../session.tsx'
import { Age } from '../../ui/Age.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { GuideForm } from './GuideForm.tsx'
import { GuideReading } from './GuideReading.tsx'

type Guide = ReplyOf<'get_guide'>

export default function GuidePage() {
  const { t } = useTranslation()
  const mayWrite = useMay('manage_project')
  const query = useQuery(guideQuery(useProjectId()))
  return (
    <Page
      title={t('guide.title')}
      description={query.data && <Written guide={query.data} />}
      isFull={mayWrite}
      isNarrow={!mayWrite}
    >
      <Loaded query={query}>
        {(guide) => (mayWrite ? <GuideForm newest={guide} /> : <GuideReading guide={guide} />)}
      </Loaded>
    </Page>
  )
}

function Written({ guide }: { guide: Guide }) {
  const { t } = useTranslation()
  if (guide.version === 0) return <>{t('guide.text')}</>
  return (
    <>
      {t('guide.version', { version: guide.version, name: guide.updated_by_name ?? '' })} ·{' '}
      <Age moment={guide.updated_at} />
    </>
  )
}

// The guide as its readers see it.
import { IconBook2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplyOf } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { RowsSkeleton } from '../../ui/Skeletons.tsx'

// Markdown comes with the first text.
const GuideText = lazyPart(
  () => import('./GuideText.tsx'),
  () => <RowsSkeleton rows={4} height={20} />,
)

type Props = { guide: Pick<ReplyOf<'get_guide'>, 'text' | 'images'>; action?: ReactNode }

/** @param action what to do about an empty one */
export function GuideReading({ guide: { text, images }, action }: Props) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  if (text.trim() === '')
    return (
      <EmptyState icon={<IconBook2 size={28} stroke={1.5} />} title={t('guide.panel.none')} action={action}>
        {action ? t('guide.text') : t('guide.panel.none_text')}
      </EmptyState>
    )
  const words = { no_image: t('guide.no_image'), broken: t('guide.broken') }
  return <GuideText project_id={project_id} text={text} images={images} words={words} />
}

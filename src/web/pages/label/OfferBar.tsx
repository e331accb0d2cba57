// Work that did not get into the task, offered back.
import { Button } from '@mantine/core'
import { IconRestore } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatAge, formatNumber } from '../../format.ts'
import { useNow } from '../../ui/Age.tsx'
import classes from './label.module.css'
import { useSignal } from './use-signal.ts'
import type { Work } from './work.ts'

export default function OfferBar({
  work,
  now: objects,
}: {
  work: Work /** Objects that the task has. */
  now: number
}) {
  const { t } = useTranslation()
  const now = useNow()
  const offer = useSignal(work.offer)
  if (!offer) return null
  const count = offer.object_count
  const age = (moment: string) => {
    const text = formatAge(moment, now)
    return text === 'now' ? t('label.offer.just_now') : t('label.offer.ago', { age: text })
  }
  if (offer.kind === 'restored')
    return (
      <div className={classes.bar} data-kind="offer" role="status">
        <IconRestore size={16} aria-hidden />
        <span>{t('label.offer.restored', { count })}</span>
        <Button variant="default" size="compact-xs" onClick={work.undoRestore}>
          {t('label.offer.undo')}
        </Button>
        <Button variant="subtle" size="compact-xs" onClick={work.dismissOffer}>
          {t('action.close')}
        </Button>
      </div>
    )
  return (
    <div className={classes.bar} data-kind="offer" role="status">
      <IconRestore size={16} aria-hidden />
      <span>{t(`label.offer.${offer.kind}`, { count, age: age(offer.moment), now: formatNumber(objects) })}</span>
      <Button size="compact-xs" onClick={() => void work.restore()}>
        {t('label.offer.restore')}
      </Button>
      <Button variant="subtle" size="compact-xs" onClick={work.dismissOffer}>
        {t('label.offer.dismiss')}
      </Button>
    </div>
  )
}

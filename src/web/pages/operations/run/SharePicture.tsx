// The three shares of a split as one bar, with the tasks that each comes to.
import { useTranslation } from 'react-i18next'
import { type Percents, quotas } from '../../../../model/split.ts'
import { SPLITS } from '../../../../model/task.ts'
import { formatNumber } from '../../../format.ts'
import { splitColor, splitFill } from '../../../ui/SplitBadge.tsx'
import { isWhole } from './percents.ts'
import classes from './plan.module.css'

type Props = {
  percents: Percents
  /** Tasks to share out; undefined while it is not known. */
  planned?: number | undefined
}

export function SharePicture({ percents, planned }: Props) {
  const { t } = useTranslation()
  const share = (s: (typeof SPLITS)[number]) => (Number.isFinite(percents[s]) && percents[s] > 0 ? percents[s] : 0)
  const counts = planned !== undefined && isWhole(percents) ? quotas(planned, percents) : null
  const words = SPLITS.map((split) => t('operations.plan.share', { split, percent: share(split) })).join(', ')
  return (
    <div>
      <div className={classes.bar} role="img" aria-label={words}>
        {SPLITS.map((s) => (
          <span key={s} style={{ flexGrow: share(s), background: splitFill(s) }} />
        ))}
      </div>
      <dl className={classes.counts}>
        {SPLITS.map((s) => (
          <div key={s} style={{ color: splitColor(s) }}>
            <dt>{s}</dt>
            <dd>{counts ? formatNumber(counts[s]) : '–'}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

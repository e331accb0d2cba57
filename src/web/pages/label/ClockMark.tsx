// The active time on this task; when it stands still, a mark and the reason.
import { IconClock, IconPlayerPauseFilled } from '@tabler/icons-react'
import { useEffect, useReducer } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../format.ts'
import { useProject } from '../../session.tsx'
import { Hint } from './Hint.tsx'
import type { HeldTask } from './held-task.ts'
import classes from './label.module.css'
import { isInFront } from './presence.ts'
import { useSignal } from './use-signal.ts'

const TICK_MS = 1000

export function ClockMark({ held }: { held: HeldTask }) {
  const { t } = useTranslation()
  const seconds = useProject().settings.idle_threshold_s
  const isLost = useSignal(held.loss) !== null
  const [, tick] = useReducer((n: number) => n + 1, 0)
  useEffect(() => {
    const timer = setInterval(() => {
      held.clock.tick()
      tick()
    }, TICK_MS)
    return () => clearInterval(timer)
  }, [held])
  const isHidden = !isInFront()
  const isPaused = isLost || isHidden || held.clock.isIdle
  const why = isHidden
    ? t('label.clock.hidden')
    : held.clock.isIdle
      ? t('label.clock.idle', { seconds })
      : t('label.clock.running', { seconds })
  const ms = held.activeMs()
  const text = ms >= 1000 ? formatDuration(ms) : '0s'
  const Icon = isPaused ? IconPlayerPauseFilled : IconClock
  return (
    <Hint label={`${t('label.clock.label')}. ${why}${held.isReview ? ` ${t('label.clock.review')}` : ''}`}>
      <span
        className={classes.clock}
        data-paused={isPaused || undefined}
        role="timer"
        aria-label={`${t('label.clock.label')}: ${text}`}
      >
        <Icon size={isPaused ? 13 : 15} stroke={1.7} aria-hidden />
        <span className="figures">{text}</span>
        {isPaused && (
          <span className={classes.paused}>
            {t(isHidden ? 'label.clock.paused_hidden' : isLost ? 'label.clock.paused' : 'label.clock.paused_idle')}
          </span>
        )}
      </span>
    </Hint>
  )
}

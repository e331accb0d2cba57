// A short word about the task that just left, at the foot of the image.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Workflow } from '../../../model/workflow.ts'
import classes from './label.module.css'
import { useSignal } from './use-signal.ts'
import type { LastAct, Work } from './work.ts'

const SHOWN_MS = 3500

export function DoneWord({ work, stages }: { work: Work; stages: Workflow }) {
  const { t } = useTranslation()
  const act = useSignal(work.lastAct)
  const [over, setOver] = useState<LastAct | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setOver(act), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [act])
  const stage = stages.find((s) => s.id === act?.stage_id)?.name ?? ''
  return (
    <div role="status" aria-live="polite">
      {act && act !== over && <div className={classes.done}>{t(`label.done.${act.kind}`, { name: act.name, stage })}</div>}
    </div>
  )
}

// A short word at the foot of the image: what was just done, or what hinders it.
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProject } from '../../session.tsx'
import classes from './label.module.css'
import { useSignal } from './use-signal.ts'
import type { Work } from './work.ts'
import type { LastAct } from './work-state.ts'

/** Another object is another word, also with the same text. */
type Word = { text: string }

const SHOWN_MS = 3500

/** @param hinders why the task was not left, if it was not */
export function CanvasWord({ work, hinders }: { work: Work; hinders: Word | null }) {
  const done = useDoneWord(useSignal(work.lastAct))
  const word = hinders ?? done
  // What was said before this screen came is no news, and neither is what was done before something hindered.
  const [over, setOver] = useState<readonly (Word | null)[]>([word])
  useEffect(() => {
    const timer = setTimeout(() => setOver([word, done]), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [word, done])
  return (
    <div role="status" aria-live="polite">
      {word && !over.includes(word) && <div className={classes.done}>{word.text}</div>}
    </div>
  )
}

function useDoneWord(act: LastAct | null): Word | null {
  const { t } = useTranslation()
  const { stages } = useProject()
  return useMemo(() => {
    if (!act) return null
    const stage = stages.find((s) => s.id === act.stage_id)?.name ?? ''
    return { text: t(`label.done.${act.kind}`, { name: act.name, stage }) }
  }, [act, stages, t])
}

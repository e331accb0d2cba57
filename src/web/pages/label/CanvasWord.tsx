// A short word at the foot of the image: what was just done, or what hinders it.
import type { TFunction } from 'i18next'
import { useEffect, useMemo, useState } from 'react'
import type { Workflow } from '../../../model/workflow.ts'
import classes from './label.module.css'
import type { LastAct } from './work-state.ts'

/** Another object is another word, also with the same text. */
export type Word = { text: string }

const SHOWN_MS = 3500

export function CanvasWord({ word }: { word: Word | null }) {
  // What was said before this screen came is no news.
  const [over, setOver] = useState<Word | null>(word)
  useEffect(() => {
    const timer = setTimeout(() => setOver(word), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [word])
  return (
    <div role="status" aria-live="polite">
      {word && word !== over && <div className={classes.done}>{word.text}</div>}
    </div>
  )
}

export function useDoneWord(act: LastAct | null, stages: Workflow, t: TFunction): Word | null {
  return useMemo(() => {
    if (!act) return null
    const stage = stages.find((s) => s.id === act.stage_id)?.name ?? ''
    return { text: t(`label.done.${act.kind}`, { name: act.name, stage }) }
  }, [act, stages, t])
}

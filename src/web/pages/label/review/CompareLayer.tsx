// The canvas over the annotations on which differences are drawn.
import { useRef } from 'react'
import type { Editor } from '../../../../editor/editor.ts'
import { clearedOverlay } from '../../../../editor/view/cleared-canvas.ts'
import { drawCompare } from '../../../../editor/view/draw-compare.ts'
import type { Comparison } from '../../../../model/compare.ts'
import classes from './review.module.css'
import { useEachFrame } from './use-placed.ts'

type Props = { editor: Editor; comparison: Comparison; chosen: string | null }

export function CompareLayer({ editor, comparison, chosen }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEachFrame(editor, (state) => {
    if (canvas.current) drawCompare(clearedOverlay(canvas.current, state), state, comparison, chosen)
  })
  return <canvas ref={canvas} className={classes.compareLayer} />
}

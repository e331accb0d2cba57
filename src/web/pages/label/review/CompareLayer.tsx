// The canvas over the annotations on which differences are drawn.
import { useRef } from 'react'
import type { Editor } from '../../../../editor/editor.ts'
import { drawCompare } from '../../../../editor/view/draw-compare.ts'
import type { Comparison } from '../../../../model/compare.ts'
import classes from './review.module.css'
import { useEachFrame } from './use-placed.ts'

type Props = { editor: Editor; comparison: Comparison; chosen: string | null }

export function CompareLayer({ editor, comparison, chosen }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEachFrame(editor, (state) => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const ratio = window.devicePixelRatio || 1
    const [width, height] = [Math.round(state.screen.width * ratio), Math.round(state.screen.height * ratio)]
    if (element.width !== width || element.height !== height) {
      element.width = width
      element.height = height
      element.style.width = `${width / ratio}px`
      element.style.height = `${height / ratio}px`
    }
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, width, height)
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    drawCompare({ context, view: state.view, ratio }, state, comparison, chosen)
  })
  return <canvas ref={canvas} className={classes.compareLayer} />
}

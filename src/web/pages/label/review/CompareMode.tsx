// Comparing, while it is on: the bar above the image, and the drawing over it.
import type { RefObject } from 'react'
import { createPortal } from 'react-dom'
import type { Editor } from '../../../../editor/editor.ts'
import { CompareBar } from './CompareBar.tsx'
import { CompareLayer } from './CompareLayer.tsx'
import { useCompare } from './use-compare.ts'
import type { Review } from './use-review.ts'

type Props = {
  review: Review & { task_id: number }
  project_id: number
  editor: Editor
  /** Where the bar goes; the layer is drawn here. */
  bars: RefObject<HTMLElement | null>
  /** What the page's keys call while differences are shown. */
  step: RefObject<((by: 1 | -1) => void) | null>
}

export default function CompareMode({ review, project_id, editor, bars, step }: Props) {
  const bar = bars.current
  const compare = useCompare(project_id, review.task_id, editor)
  return (
    <>
      {bar && createPortal(<CompareBar compare={compare} review={review} editor={editor} step={step} />, bar)}
      {compare.comparison && (
        <CompareLayer editor={editor} comparison={compare.comparison} chosen={review.desk.difference} />
      )}
    </>
  )
}

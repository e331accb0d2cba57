// The image of the open task with its objects. It changes with the task; all else on the screen follows a frame later.
import { type ReactNode, useState } from 'react'
import { urlOf } from '../../../contract/client.ts'
import { AnnotationCanvas } from '../../../editor/view/AnnotationCanvas.tsx'
import { useSignal } from './use-signal.ts'
import type { Work } from './work.ts'
import { taskOf, type WorkState } from './work-state.ts'

type Props = {
  work: Work
  project_id: number
  /** What the rest of the screen is about. */
  state: WorkState
  onShown: () => void
  /** Layers over the annotations. */
  children: ReactNode
}

export function TaskCanvas({ work, project_id, state, onShown, children }: Props) {
  const now = useSignal(work.state)
  const task = taskOf(now)
  const asset = { project_id, asset_id: task?.asset_id ?? 0 }
  const imageUrl = useLastUrl(task && urlOf('get_asset_image', asset))
  if (!imageUrl) return null
  return (
    <AnnotationCanvas
      editor={work.editor}
      imageUrl={imageUrl}
      tileUrl={(place) => urlOf('get_asset_tile', { ...asset, ...place })}
      onShown={() => {
        work.shown(asset.asset_id)
        onShown()
      }}
    >
      {now === state && children}
    </AnnotationCanvas>
  )
}

/** The canvas stays while the next task is on its way. */
function useLastUrl(url: string | null): string | null {
  const [last, setLast] = useState(url)
  if (url !== null && url !== last) setLast(url)
  return url ?? last
}

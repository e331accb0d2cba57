// The image of a task is on its way as soon as the task is open, before the page shows it. Once it is shown, those of
// the tasks that likely come next are loaded. None of them is claimed by that, and nothing of them is shown before it is.
import { urlOf } from '../../../contract/client.ts'
import { preparePicture } from '../../../editor/view/ready-pictures.ts'
import { api } from '../../api.ts'
import { SETTLED_MS } from './after-paint.ts'
import type { HeldTask } from './held-task.ts'
import { prepareImage } from './linked-task.ts'
import type { Work } from './work.ts'

/** What stands around the open image is asked for first. */
const CALM_MS = SETTLED_MS + 50

/** @returns how to stop */
export function prepareNext(work: Work): () => void {
  let known: HeldTask | null = null
  const look = () => {
    const held = work.held()
    if (held === known) return
    known = held
    if (held) prepareImage(held.holder.project_id, held.opened.task)
  }
  look()
  return work.state.subscribe(look)
}

/** The image of the open task is on the screen. */
export function prepareUpcoming(work: Pick<Work, 'held'>): void {
  const held = work.held()
  setTimeout(() => {
    if (held && work.held() === held) void prepareAfter(held)
  }, CALM_MS)
}

async function prepareAfter({ holder, isReview }: HeldTask): Promise<void> {
  const { project_id } = holder
  const kind = isReview ? 'review' : 'label'
  try {
    const { asset_ids } = await api.get_upcoming({ project_id, kind })
    for (const asset_id of asset_ids) {
      const at = { project_id, asset_id }
      preparePicture(urlOf('get_asset_image', at), urlOf('get_upcoming_image', { ...at, kind }))
    }
  } catch {
    // Then the next image is loaded when it is there.
  }
}

// The task of a link is opened while the page is still being made: its image takes longest.
import { urlOf } from '../../../contract/client.ts'
import { preparePicture } from '../../../editor/view/ready-pictures.ts'
import { isTiled } from '../../../model/tiles.ts'
import { workInAddress } from '../../work-address.ts'
import type { Opened } from './held-task.ts'
import { openInOtherTab, tabLock } from './tab-lock.ts'
import { workApi } from './work-api.ts'

type Linked = { project_id: number; task_id: number; opening: Promise<Opened> }

let linked: Linked | null = null

/** Once, as the page's code comes: opens the task that the address names. The code may also come ahead, on another page. */
export function openLinked(): void {
  const { project_id, task_id } = workInAddress() ?? {}
  if (!project_id || !task_id) return
  const opening = tabLock.take(task_id).then((isMine) => {
    if (!isMine) throw openInOtherTab()
    return workApi.open_task({ project_id, task_id, session_id: crypto.randomUUID() })
  })
  linked = { project_id, task_id, opening }
  opening.then(
    ({ task }) => prepareImage(project_id, task),
    // Said by whoever takes it.
    () => undefined,
  )
}

/** What was opened ahead, once. */
export function takeLinked(project_id: number, task_id: number): Promise<Opened> | null {
  const found = linked
  linked = null
  return found?.project_id === project_id && found.task_id === task_id ? found.opening : null
}

/** The image of an open task is on its way before the page shows it. Tiles are asked for where they are seen. */
export function prepareImage(project_id: number, task: Opened['task']): void {
  const url = urlOf('get_asset_image', { project_id, asset_id: task.asset_id })
  if (!isTiled(task)) preparePicture(url, url)
}

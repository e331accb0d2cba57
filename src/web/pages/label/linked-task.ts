// The task of a link is opened while the page is still being made: its image takes longest.
import { ApiError, urlOf } from '../../../contract/client.ts'
import { preparePicture } from '../../../editor/view/ready-pictures.ts'
import { isTiled } from '../../../model/tiles.ts'
import { newId } from '../../new-id.ts'
import { workInAddress } from '../../work-address.ts'
import type { Opened } from './held-task.ts'
import { openInOtherTab, tabLock } from './tab-lock.ts'
import { workApi } from './work-api.ts'

/** `opened`: null while it is on its way. */
type Linked = { project_id: number; task_id: number; opening: Promise<Opened>; opened: Opened | null }

let linked: Linked | null = null

/** Opens the task that the address names, as the page begins. Resolves when the server is asked: nothing is to be in its way. */
export async function openLinked(): Promise<void> {
  const { project_id, kind, task_id } = workInAddress() ?? {}
  if (!project_id || !kind || !task_id) return
  const asked = tabLock.take({ project_id, task_id }).then((isMine) => ({
    opening: isMine
      ? workApi.open_task({ project_id, task_id, session_id: newId(), kind })
      : Promise.reject<Opened>(openInOtherTab()),
  }))
  const opening = asked.then((it) => it.opening)
  const made: Linked = { project_id, task_id, opening, opened: null }
  linked = made
  opening.then(
    (opened) => {
      made.opened = opened
      prepareImage(project_id, opened.task)
    },
    // Said by whoever takes it; who has signed in since asks again.
    (error: unknown) => {
      if (linked === made && error instanceof ApiError && error.code === 'not_signed_in') linked = null
    },
  )
  await asked
}

/** Whether it is open, or cannot be opened: then there is nothing to wait for. */
export async function linkedSettled(): Promise<void> {
  await linked?.opening.catch(() => undefined)
}

/** What is being opened ahead, once. */
export function takeLinked(project_id: number, task_id: number): Promise<Opened> | null {
  const found = linked
  linked = null
  return found?.project_id === project_id && found.task_id === task_id ? found.opening : null
}

/** The same, if it is open by now. */
export function takeOpened(project_id: number, task_id: number): Opened | null {
  const opened = linked?.opened ?? null
  if (opened) void takeLinked(project_id, task_id)
  return opened?.task.id === task_id ? opened : null
}

/** The image of an open task is on its way before the page shows it. Tiles are asked for where they are seen. */
export function prepareImage(project_id: number, task: Opened['task']): void {
  const url = urlOf('get_asset_image', { project_id, asset_id: task.asset_id })
  if (!isTiled(task)) preparePicture(url, url, true)
}

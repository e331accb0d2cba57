// What the address names is asked for before the code of the page runs. The built page has this in a file of its own, which
// begins first and starts the page: see scripts/page-chunks.ts. It must stay small.
import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import { urlOf } from '../contract/client.ts'
import { readyPictures } from '../editor/view/picture.ts'
import { mayInProject, type ProjectRole } from '../model/permission.ts'
import { begin } from './begun.ts'
import { openLinked } from './pages/label/linked-task.ts'
import { BLOCK } from './pages/tasks/grid/row-blocks.ts'
import { midnight } from './today.ts'
import { tasksInAddress, workInAddress } from './work-address.ts'

/** So long the page waits for the opening of its task to be asked for. */
const PATIENCE_MS = 150

const work = workInAddress()
if (work) {
  const { project_id, task_id } = work
  if (task_id) readyPictures()
  const isAsked = openLinked().then(loadPage)
  void Promise.race([isAsked, new Promise((over) => setTimeout(over, PATIENCE_MS))]).then(startPage)
  begin(urlOf('get_session', {}))
  begin(urlOf('get_project', { project_id }))
  begin(urlOf('get_label_schema', { project_id }))
} else startPage()

const table = tasksInAddress()
if (table) {
  void import('./pages/tasks/TasksPage.tsx').catch(saidLater)
  void import('./texts/en-tasks.ts').catch(saidLater)
  loadFont()
  void askTable(table.project_id, table.isBare).catch(saidLater)
}

/** What the Tasks page shows first. Who is not signed in, or may not see tasks, asks for nothing of it. */
async function askTable(project_id: number, isBare: boolean): Promise<void> {
  begin(urlOf('get_session', {}))
  // To who is not signed in it is refused.
  const reply = await begin(urlOf('get_project', { project_id }))
  if (!reply?.ok) return
  const { role } = (await reply.clone().json()) as { role: ProjectRole }
  if (mayInProject(role, 'view_tasks') !== true) return
  begin(urlOf('get_task_summary', { project_id, today_from: midnight() }))
  if (!isBare) return
  begin(urlOf('list_task_views', { project_id }))
  begin(urlOf('list_tasks', { project_id, offset: 0, limit: BLOCK }))
  begin(urlOf('count_tasks', { project_id }))
}

/** It comes with the styles, later than what is written in it: all of the page would be laid out twice. */
function loadFont(): void {
  document.head.append(
    Object.assign(document.createElement('link'), { rel: 'preload', as: 'font', crossOrigin: '', href: latin }),
  )
}

/** The built page's. */
function startPage(): void {
  const script = document.querySelector<HTMLLinkElement>('link[data-page]')
  if (script) void import(/* @vite-ignore */ script.href)
}

function loadPage(): void {
  loadFont()
  void import('./pages/label/LabelPage.tsx').catch(saidLater)
  void import('./texts/en-label.ts').catch(saidLater)
}

/** By the page, which loads the same. */
function saidLater(): void {}

// What the address names is asked for before the code of the page is there. The built page has this in a file of its own,
// which begins first: see scripts/page-chunks.ts. It must stay small.
import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import { urlOf } from '../contract/client.ts'
import { readyPictures } from '../editor/view/picture.ts'
import { mayInProject, type ProjectRole } from '../model/permission.ts'
import { openLinked } from './pages/label/linked-task.ts'
import { BLOCK } from './pages/tasks/grid/row-blocks.ts'
import { midnight } from './today.ts'
import { tasksInAddress, workInAddress } from './work-address.ts'

const work = workInAddress()
if (work) {
  const { project_id } = work
  void openLinked().then(loadPage)
  fetchAhead(urlOf('get_session', {}))
  fetchAhead(urlOf('get_project', { project_id }))
  fetchAhead(urlOf('get_label_schema', { project_id }))
}

const table = tasksInAddress()
if (table) {
  void import('./pages/tasks/TasksPage.tsx').catch(saidLater)
  void import('./texts/en-tasks.ts').catch(saidLater)
  // It comes with the styles, later than what is written in it: all of the page would be laid out twice.
  ahead(latin, 'font')
  void askTable(table.project_id, table.isBare).catch(saidLater)
}

/** What the Tasks page shows first. Who is not signed in, or may not see tasks, asks for nothing of it. */
async function askTable(project_id: number, isBare: boolean): Promise<void> {
  const session = await readAhead<{ person: object | null }>(urlOf('get_session', {}))
  const project = session?.person && (await readAhead<{ role: ProjectRole }>(urlOf('get_project', { project_id })))
  if (!project || mayInProject(project.role, 'view_tasks') !== true) return
  fetchAhead(urlOf('get_task_summary', { project_id, today_from: midnight() }))
  if (!isBare) return
  fetchAhead(urlOf('list_task_views', { project_id }))
  fetchAhead(urlOf('list_tasks', { project_id, offset: 0, limit: BLOCK }))
  fetchAhead(urlOf('count_tasks', { project_id }))
}

/** Reads it, and asks for it once more for the page: an answer that waits can be fetched once. Null if it is refused. */
async function readAhead<T>(href: string): Promise<T | null> {
  const asked = fetch(href)
  fetchAhead(href)
  const reply = await asked
  return reply.ok ? reply.json() : null
}

function loadPage(): void {
  readyPictures()
  void import('./pages/label/LabelPage.tsx').catch(saidLater)
  void import('./texts/en-label.ts').catch(saidLater)
}

/** The answer waits for whoever fetches it. */
function fetchAhead(href: string): void {
  ahead(href, 'fetch')
}

function ahead(href: string, as: 'fetch' | 'font'): void {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as, crossOrigin: '', href }))
}

/** By the page, which loads the same. */
function saidLater(): void {}

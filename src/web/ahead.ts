// What the address names is asked for before the code of the page is there. The built page has this in a file of its own,
// which begins first: see scripts/label-chunks.ts. It must stay small.
import { urlOf } from '../contract/client.ts'
import { readyPictures } from '../editor/view/picture.ts'
import { openLinked } from './pages/label/linked-task.ts'
import { workInAddress } from './work-address.ts'

const work = workInAddress()
if (work) {
  const { project_id } = work
  void openLinked().then(loadPage)
  fetchAhead(urlOf('get_session', {}))
  fetchAhead(urlOf('get_project', { project_id }))
  fetchAhead(urlOf('get_label_schema', { project_id }))
}

function loadPage(): void {
  readyPictures()
  void import('./pages/label/LabelPage.tsx').catch(saidLater)
  void import('./texts/en-label.ts').catch(saidLater)
}

/** The answer waits for whoever fetches it. */
function fetchAhead(href: string): void {
  document.head.append(
    Object.assign(document.createElement('link'), { rel: 'preload', as: 'fetch', crossOrigin: '', href }),
  )
}

/** By the page, which loads the same. */
function saidLater(): void {}

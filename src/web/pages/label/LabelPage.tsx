// The page of Label and of Review: the landing, or the work screen while a task is open.
import { ErrorState } from '../../ui/ErrorState.tsx'
import { lazyPart, usePreload } from '../../ui/lazy-part.tsx'
import { useSignal } from './use-signal.ts'
import { useWork } from './use-work.ts'

const WorkScreen = lazyPart(() => import('./WorkScreen.tsx'))
const StartPage = lazyPart(() => import('./StartPage.tsx'))
const PARTS = [WorkScreen, StartPage]

// What is drawn first comes while the server is asked: the task of a link, or the landing.
;(new URLSearchParams(location.search).has('task') ? WorkScreen : StartPage).preload()

export default function LabelPage({ kind }: { kind: 'label' | 'review' }) {
  const work = useWork(kind)
  const state = useSignal(work.state)
  usePreload(PARTS)
  if (state.at === 'start')
    return <StartPage kind={kind} empty={state.empty} isAsking={state.isAsking} onStart={work.start} />
  if (state.at === 'failed') return <ErrorState error={state.error} onRetry={() => void work.retry()} />
  return <WorkScreen work={work} state={state} kind={kind} />
}

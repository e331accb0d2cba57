// The page of Label and of Review: the landing, or the work screen while a task is open.
import { ErrorState } from '../../ui/ErrorState.tsx'
import { lazyPart, usePreload } from '../../ui/lazy-part.tsx'
import { StartPage } from './StartPage.tsx'
import { useSignal } from './use-signal.ts'
import { useWork } from './use-work.ts'

const WorkScreen = lazyPart(() => import('./WorkScreen.tsx'))
const PARTS = [WorkScreen]

// A task opened by its link: what shows it comes while the task does.
if (new URLSearchParams(location.search).has('task')) WorkScreen.preload()

export default function LabelPage({ kind }: { kind: 'label' | 'review' }) {
  const work = useWork(kind)
  const state = useSignal(work.state)
  usePreload(PARTS)
  if (state.at === 'start')
    return <StartPage kind={kind} empty={state.empty} isAsking={state.isAsking} onStart={work.start} />
  if (state.at === 'failed') return <ErrorState error={state.error} onRetry={() => void work.retry()} />
  return <WorkScreen work={work} state={state} kind={kind} />
}

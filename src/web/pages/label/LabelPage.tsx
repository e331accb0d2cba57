// The page of Label and of Review: the landing, or the work screen while a task is open.
import { withTexts } from '../../texts/parts.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { lazyPart, usePreload } from '../../ui/lazy-part.tsx'
import { workInAddress } from '../../work-address.ts'
import { useLate } from './after-paint.ts'
import { useSignal } from './use-signal.ts'
import { useWork } from './use-work.ts'
import { WorkScreen } from './WorkScreen.tsx'

const StartPage = lazyPart(() => withTexts('landing', () => import('./StartPage.tsx')))
const PARTS = [StartPage]

if (!workInAddress()?.task_id) StartPage.preload()

export default function LabelPage({ kind }: { kind: 'label' | 'review' }) {
  const work = useWork(kind)
  // The image and its objects come first, see TaskCanvas.
  const state = useLate(useSignal(work.state))
  usePreload(PARTS)
  if (state.at === 'start')
    return <StartPage kind={kind} empty={state.empty} isAsking={state.isAsking} onStart={work.start} />
  if (state.at === 'failed') return <ErrorState isPage error={state.error} onRetry={() => void work.retry()} />
  return <WorkScreen work={work} state={state} kind={kind} />
}

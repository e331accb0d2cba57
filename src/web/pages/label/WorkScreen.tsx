// One task on the screen: header, what must be known about it, tools, image, classes and objects.
import { Skeleton } from '@mantine/core'
import { memo, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TOOLBAR_PARTS, Toolbar } from '../../../editor/view/Toolbar.tsx'
import { stageById } from '../../../model/workflow.ts'
import { useProject } from '../../session.tsx'
import { withTexts } from '../../texts/parts.ts'
import { lazyPart, usePreload } from '../../ui/lazy-part.tsx'
import { afterPaint, SETTLED_MS } from './after-paint.ts'
import { CanvasWord } from './CanvasWord.tsx'
import classes from './label.module.css'
import type { Missing } from './missing-attributes.ts'
import { usePredictions } from './predictions/use-predictions.ts'
import { prepareUpcoming } from './prepare-next.ts'
import { useQuietKeys } from './quiet-keys.ts'
import { ReturnedBar } from './ReturnedBar.tsx'
import { useStripShown } from './review/strip-shown.ts'
import { useReview } from './review/use-review.ts'
import { SaveTrouble } from './SaveMark.tsx'
import { PANELS, SidePanel } from './SidePanel.tsx'
import { TaskCanvas } from './TaskCanvas.tsx'
import { useGuide } from './use-guide.ts'
import { useLasting } from './use-lasting.ts'
import { useSignal } from './use-signal.ts'
import { useWorkActs } from './use-work-acts.ts'
import { WorkHeader } from './WorkHeader.tsx'
import type { Work } from './work.ts'
import { taskOf, type WorkState } from './work-state.ts'

const SkipDialog = lazyPart(() => import('./SkipDialog.tsx'))
const ReportDialog = lazyPart(() => import('./ReportDialog.tsx'))
const RejectDialog = lazyPart(() => import('./RejectDialog.tsx'))
const HistoryPanel = lazyPart(() => withTexts('tasks', () => withTexts('history', () => import('./HistoryPanel.tsx'))))
const OfferBar = lazyPart(() => import('./OfferBar.tsx'))
const MissingBar = lazyPart(() => import('./MissingBar.tsx'))
const ViewingBar = lazyPart(() => import('./ViewingBar.tsx'))
const LostPanel = lazyPart(() => import('./LostPanel.tsx'))
const PinLayer = lazyPart(() => withTexts('review', () => import('./review/PinLayer.tsx')))
const CompareMode = lazyPart(() => withTexts('review', () => import('./review/CompareMode.tsx')))
const PredictionLayer = lazyPart(() => import('./predictions/PredictionLayer.tsx'))
const Filmstrip = lazyPart(() => withTexts('review', () => import('./review/Filmstrip.tsx')))
const GuidePanel = lazyPart(() => withTexts('guide', () => import('./GuidePanel.tsx')))
const PARTS = [
  ...PANELS,
  ...TOOLBAR_PARTS,
  OfferBar,
  MissingBar,
  ViewingBar,
  SaveTrouble,
  LostPanel,
  SkipDialog,
  ReportDialog,
  RejectDialog,
  HistoryPanel,
  PinLayer,
  CompareMode,
  GuidePanel,
]

/** Who waits longer for an image sees what stands around it. */
const LATE_MS = 300
/** A step that is taken sooner is not worth a cover. */
const COVER_MS = 150

export type Dialog = 'skip' | 'report' | 'reject' | 'history' | null
type Props = { work: Work; state: Exclude<WorkState, { at: 'start' | 'failed' }>; kind: 'label' | 'review' }

export const WorkScreen = memo(function WorkScreen({ work, state, kind }: Props) {
  const { t } = useTranslation()
  const project = useProject()
  const [dialog, setDialog] = useState<Dialog>(null)
  const [missing, setMissing] = useState<Missing | null>(null)
  const held = state.at === 'open' ? state.held : null
  const task = taskOf(state)
  const isCovered = useLasting(work.leaving, COVER_MS) || state.at === 'opening'
  const stage = task && stageById(project.stages, task.stage_id)
  const hindrance = useSignal(work.hindrance)
  const hinders = useMemo(() => hindrance && { text: t(`label.missing.${hindrance.by}`) }, [hindrance, t])
  const guide = useGuide()
  const { hasSurround, isShown, onShown } = useFirstShown(work)
  // While the task changes, nothing is said about either.
  const shownId = isCovered || !isShown ? null : (task?.id ?? null)
  const review = useReview(project.id, shownId, work.editor)
  const { desk } = review
  const predictions = usePredictions(project.id, shownId, work, desk.isComparing)
  const stripId = useDeferredValue(shownId)
  const [isStripShown, toggleStrip] = useStripShown()
  const bars = useRef<HTMLDivElement>(null)
  const stepDifference = useRef<((by: 1 | -1) => void) | null>(null)
  const acts = useWorkActs(work, state, {
    isCovered,
    setDialog,
    setMissing,
    review,
    stepDifference,
    toggleStrip,
    toggleGuide: guide.toggle,
  })
  useQuietKeys(isCovered)
  usePreload(PARTS)
  useTitle(task?.name ?? t(`label.title.${kind}`))
  // Another task begins without the last one's dialogs.
  const task_id = task?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: the task is what triggers it
  useEffect(() => {
    setDialog(null)
    setMissing(null)
  }, [task_id])
  const close = () => setDialog(null)
  /** A step that failed leaves its dialog open, and one that finds the task lost does not. */
  const closeAfter = async (step: Promise<boolean>) => {
    if ((await step) || work.held()?.loss.get()) close()
  }

  return (
    <div className={classes.screen} data-covered={isCovered || undefined} data-guide={guide.isOpen || undefined}>
      {hasSurround ? (
        <WorkHeader
          held={held}
          task={isCovered ? null : task}
          stage={stage}
          acts={acts}
          isComparing={desk.isComparing}
          isStripShown={isStripShown}
          guide={guide}
        />
      ) : (
        <div className={classes.header} />
      )}
      <div ref={bars} className={classes.bars}>
        {state.at === 'viewing' && (
          <ViewingBar
            view={state.view}
            refusal={state.refusal}
            onNext={() => void work.next()}
            onTake={() => void work.open(state.view.task.id, true)}
            onBack={acts.close}
          />
        )}
        {held && !isCovered && <ReturnedBar opened={held.opened} />}
        {held && isShown && !isCovered && <OfferBar work={work} now={held.opened.task.object_count} />}
        {held && missing && !isCovered && (
          <MissingBar missing={missing} editor={work.editor} onGo={acts.values} onClose={() => setMissing(null)} />
        )}
      </div>
      <div className={classes.tools} inert={isCovered}>
        {hasSurround && <Toolbar editor={work.editor} />}
      </div>
      <div className={classes.canvas} data-comparing={desk.isComparing || undefined} inert={isCovered}>
        <TaskCanvas work={work} project_id={project.id} state={state} onShown={onShown}>
          {desk.isComparing && review.task_id !== null && (
            <CompareMode
              review={{ ...review, task_id: review.task_id }}
              project_id={project.id}
              editor={work.editor}
              bars={bars}
              step={stepDifference}
            />
          )}
          {predictions.sets.length > 0 && <PredictionLayer editor={work.editor} />}
          {(review.shown.length > 0 || desk.composing) && <PinLayer review={review} editor={work.editor} />}
        </TaskCanvas>
        {held && <Lost held={held} work={work} onBack={acts.close} />}
        <CanvasWord work={work} hinders={hinders} />
      </div>
      {guide.isOpen && (
        <div className={classes.beside}>
          <GuidePanel onClose={guide.close} />
        </div>
      )}
      <div className={classes.side} inert={isCovered}>
        {!task && <SideSkeleton />}
        {task && hasSurround && (
          <SidePanel editor={work.editor} review={review} predictions={predictions} task={task} hasFacts={isShown} />
        )}
      </div>
      {isStripShown && (
        <div className={classes.strip} inert={isCovered}>
          {isShown && (
            <Filmstrip project_id={project.id} kind={kind} task_id={stripId} onOpen={(id) => void work.open(id)} />
          )}
        </div>
      )}
      {isCovered && (
        <div className={classes.cover} role="status">
          <span>{t('label.loading')}</span>
        </div>
      )}
      {dialog === 'skip' && task && (
        <SkipDialog task_id={task.id} onClose={close} onSkip={(reason, note) => closeAfter(work.skip(reason, note))} />
      )}
      {dialog === 'report' && task && <ReportDialog project_id={project.id} task_id={task.id} onClose={close} />}
      {dialog === 'reject' && task && (
        <RejectDialog
          task_id={task.id}
          review={review}
          onClose={close}
          onReject={(comment) => closeAfter(work.reject(comment))}
        />
      )}
      {dialog === 'history' && task && <HistoryPanel task={task} onClose={close} />}
    </div>
  )
})

function Lost({ held, work, onBack }: { held: NonNullable<ReturnType<Work['held']>>; work: Work; onBack: () => void }) {
  const loss = useSignal(held.loss)
  if (!loss) return null
  return (
    <LostPanel
      loss={loss}
      held={held}
      onNext={() => void work.next()}
      onOpen={() => void work.open(held.holder.task_id, true)}
      onBack={onBack}
    />
  )
}

function SideSkeleton() {
  return (
    <div className={classes.skeleton} aria-hidden>
      {[70, 88, 60, 80, 45].map((width) => (
        <Skeleton key={width} height={16} width={`${width}%`} />
      ))}
    </div>
  )
}

function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · PixlHub`
  }, [title])
}

/**
 * On the way to the first image. A task that is open when the page is made is drawn alone: what stands around it, which is half of
 * the drawing, follows once its image was painted or is late (`hasSurround`). What is asked for then, and what comes next, is later still.
 */
function useFirstShown(work: Work) {
  const [hasSurround, setSurround] = useState(work.state.get().at === 'opening')
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(setSurround, LATE_MS, true)
    return () => clearTimeout(timer)
  }, [])
  const onShown = useCallback(() => {
    afterPaint(() => setSurround(true))
    afterPaint(() => setShown(true), SETTLED_MS)
    prepareUpcoming(work)
  }, [work])
  return { hasSurround, isShown, onShown }
}

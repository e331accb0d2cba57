// What can be done on the work screen now, bound to its keys; what hinders an act is said before it is sent.
import type { RefObject } from 'react'
import { isSearched } from '../../../editor/view/ClassPicker.tsx'
import { useEditor } from '../../../editor/view/use-editor.ts'
import { useProject } from '../../session.tsx'
import { afterPaint } from './after-paint.ts'
import { firstMissing, type Missing } from './missing-attributes.ts'
import { begunOn } from './review/unsent.ts'
import type { Review } from './review/use-review.ts'
import { createSignal } from './signal.ts'
import { useSignal } from './use-signal.ts'
import { useWorkCommands, type WorkActs } from './use-work-commands.tsx'
import { goToClasses, goToValues } from './values-focus.ts'
import type { Dialog } from './WorkScreen.tsx'
import type { Work } from './work.ts'
import type { WorkState } from './work-state.ts'

type Shown = {
  setDialog: (dialog: Dialog) => void
  setMissing: (missing: Missing | null) => void
  review: Review
  isCovered: boolean
  /** Set while differences are shown. */
  stepDifference: RefObject<((by: 1 | -1) => void) | null>
  toggleStrip: () => void
  toggleGuide: () => void
}

const NEVER = createSignal(null)

export function useWorkActs(work: Work, state: WorkState, shown: Shown): WorkActs {
  const { isCovered, setDialog, setMissing, review, stepDifference, toggleGuide } = shown
  const { settings } = useProject()
  const held = state.at === 'open' ? state.held : null
  const loss = useSignal(held?.loss ?? NEVER)
  const isHeld = held !== null && !loss && !isCovered
  const { editor } = work
  const isLong = useEditor(editor, (s) => isSearched(s.schema))

  /** A half-drawn shape, or a comment that was begun and not sent, is shown instead. */
  const unlessBegun =
    (go: () => unknown, takesNew = false) =>
    () => {
      if (!held || work.isUnfinished()) return
      const begun = begunOn(held.holder.task_id, review.isKnown ? review.threads : null)
      if (begun === null || (takesNew && begun.what === 'new')) return void go()
      work.hinder('comment')
      review.takeUp(begun)
    }
  const showMissing = (): boolean => {
    const { document, schema } = editor.state()
    const missing = firstMissing(document, schema)
    setMissing(missing)
    if (missing && missing.object_id !== null && editor.select([missing.object_id])) editor.reveal(missing.object_id)
    return missing !== null
  }
  /** So is a missing value, also one that only the server knew of. */
  const unlessMissing = (go: () => Promise<boolean>) => async () => {
    if (work.isUnseen() || showMissing()) return
    if (!(await go()) && work.held() === held) showMissing()
  }

  const isSeen = (held !== null && !isCovered) || state.at === 'viewing'
  const { desk, chosen } = review
  const step = (by: 1 | -1) => () => (stepDifference.current ?? review.step)(by)
  const acts: WorkActs = {
    submit: isHeld && !held.isReview ? unlessBegun(unlessMissing(work.submit)) : null,
    approve: isHeld && held.isReview ? unlessBegun(unlessMissing(work.approve)) : null,
    reject: isHeld && held.isReview ? unlessBegun(() => setDialog('reject'), true) : null,
    skip: isHeld && !held.isReview && settings.allow_skip ? unlessBegun(() => setDialog('skip')) : null,
    save: isHeld ? () => void held.saver.flush().catch(() => undefined) : null,
    history: held || state.at === 'viewing' ? () => setDialog('history') : null,
    report: isSeen ? () => setDialog('report') : null,
    comment: isSeen ? review.beginHere : null,
    comments: isSeen ? () => review.set({ tab: desk.tab === 'comments' ? 'objects' : 'comments' }) : null,
    reply: isSeen && chosen ? () => review.replyTo(chosen.id) : null,
    resolve: isSeen && chosen?.may_resolve ? () => review.resolve(chosen) : null,
    next_place: isSeen ? step(1) : null,
    previous_place: isSeen ? step(-1) : null,
    compare: isSeen ? () => review.set({ isComparing: !desk.isComparing, difference: null }) : null,
    strip: shown.toggleStrip,
    guide: toggleGuide,
    classes: isHeld && isLong ? goToClasses(() => review.set({ tab: 'objects' })) : null,
    values() {
      review.set({ tab: 'objects' })
      // The form comes with the tab, and with what is selected.
      afterPaint(goToValues)
    },
    close: () => void work.close(),
  }
  useWorkCommands(acts, editor)
  return acts
}

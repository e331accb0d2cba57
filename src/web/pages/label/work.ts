// The way through the work: the landing, one task after the other, and back. Knows no React and no DOM.

import { ApiError } from '../../../contract/client.ts'
import type { Editor } from '../../../editor/editor.ts'
import { isStarted } from '../../../editor/state.ts'
import type { AnnotationDocument } from '../../../model/annotation.ts'
import type { LabelSchema } from '../../../model/label-schema.ts'
import type { SkipReason } from '../../../model/task.ts'
import { stageById, type Workflow } from '../../../model/workflow.ts'
import { abandonTask } from './abandon-task.ts'
import { type HeldTask, holdTask, type LastStep, type Opened } from './held-task.ts'
import type { KeptWork } from './kept-work.ts'
import { firstMissing } from './missing-attributes.ts'
import { findOffer, type Offer, type seenDrafts } from './offers.ts'
import { unsent } from './review/unsent.ts'
import { createSignal, type Signal } from './signal.ts'
import { stepOnce, type Taken, takenUnheard } from './step-once.ts'
import { openInOtherTab, type TabLock } from './tab-lock.ts'
import type { Timers } from './timers.ts'
import type { Claimed, StepReply, TaskReply, WorkApi } from './work-api.ts'
import type { FinishKind, Hindrance, LastAct, WorkState } from './work-state.ts'

export type WorkOptions = {
  api: WorkApi
  timers: Timers
  now: () => number
  createId: () => string
  editor: Editor
  keptWork: KeptWork
  seen: typeof seenDrafts
  tabLock: TabLock
  project_id: number
  person_id: number
  kind: 'label' | 'review'
  workflow: Workflow
  idleMs: number
  isInFront: () => boolean
  getSchema: () => Promise<LabelSchema>
  /** As the server has it now. */
  getNewSchema: () => Promise<LabelSchema>
  /** An act did not work; the task is still open. */
  onFailed: (error: unknown) => void
  /** The task that was open before there was a page. */
  begun: { opened: Opened; schema: LabelSchema } | null
  /** What is being opened since before there was a page, once. */
  takeOpened: (task_id: number) => Promise<Opened> | null
  /** Opened from a link, not from the landing: it is loaded at once. */
  isOpening: boolean
}

export type Work = ReturnType<typeof createWork>

/** Refusals to open after which the task can still be looked at. */
const VIEWABLE = new Set(['wrong_stage', 'task_taken', 'own_work', 'not_allowed', 'other_tab'])
/** Keys that are pressed again sooner, after a step, were meant for the same task. */
const TWICE_MS = 400

export function createWork(options: WorkOptions) {
  const { api, editor, project_id, person_id, keptWork, seen, tabLock } = options
  const state = createSignal<WorkState>(
    options.isOpening ? { at: 'opening', task_id: null } : { at: 'start', empty: null, isAsking: false },
  )
  const offer = createSignal<Offer | null>(null)
  const lastAct = createSignal<LastAct | null>(null)
  /** Why the task was not left, each time anew. */
  const hindrance = createSignal<{ by: Hindrance } | null>(null)
  /** The task that is being left: what is done to it now does not count. */
  const leaving = createSignal<HeldTask | null>(null)
  /** The task that is open or was asked for. */
  let wanted: number | null = null
  /** Answers to an older question are not heard. */
  let turn = 0
  /** The asset whose image came to the screen last, or could not. */
  let shownAsset: number | null = null
  /** When the last step that was taken was asked for. */
  let lastStep = Number.NEGATIVE_INFINITY

  const heldNow = (): HeldTask | null => {
    const now = state.get()
    return now.at === 'open' ? now.held : null
  }
  const hold = (opened: Opened, schema: LabelSchema) => {
    wanted = opened.task.id
    void tabLock.take({ project_id, task_id: wanted }, true)
    const place = { person_id, project_id, task_id: opened.task.id }
    const isReview = stageById(options.workflow, opened.task.stage_id).kind === 'review'
    const onRefused = (error: unknown) => void refused(held, error)
    const held = holdTask({ ...options, place, opened, schema, isReview, onRefused })
    held.loss.subscribe(() => {
      if (heldNow() !== held) return
      tabLock.free(place)
      // What is put back into a lost task would go nowhere.
      offer.set(null)
    })
    hindrance.set(null)
    state.set({ at: 'open', held })
    lookForOffer(held)
  }
  /** What did not get into the task is offered, one after the other. @param restored the task has this too */
  const lookForOffer = (held: HeldTask, restored?: AnnotationDocument) => {
    const getDraft = async (draft_id: number) => (await api.get_draft({ ...held.holder, draft_id })).document
    findOffer({ keptWork, seen, getDraft }, held.holder, held.opened, restored).then(
      (found) => {
        if (heldNow() === held && !held.loss.get() && !offer.get()) offer.set(found)
      },
      // Offered next time.
      () => undefined,
    )
  }
  const isUnfinished = (): boolean => {
    if (heldNow() === null) return false
    // A stroke of the brush is ended, not waited for.
    editor.pointerCancel()
    const is = isStarted(editor.state())
    if (is) hindrance.set({ by: 'unfinished' })
    return is
  }
  /** The task is being left. @returns false if what is to be sent did not get there: the task stays open */
  const bring = async (held: HeldTask, send: () => Promise<void>): Promise<boolean> => {
    held.freeze()
    leaving.set(held)
    try {
      await send()
      return true
    } catch (error) {
      // A newer schema asks for more.
      const isMissing = error instanceof ApiError && error.code === 'values_missing'
      if (isMissing) await held.followSchema().catch(() => undefined)
      if (heldNow() === held) {
        held.thaw()
        const { document, schema } = editor.state()
        // The page shows it, where it knows it by now.
        const isSaid = isMissing && firstMissing(document, schema) !== null
        if (!isSaid && !held.notice(error)) options.onFailed(error)
      }
      return false
    } finally {
      if (leaving.get() === held) leaving.set(null)
    }
  }
  /** Lets go of the open task; what is not saved goes to the server meanwhile. */
  const letGo = async (held: HeldTask) => {
    held.freeze(true)
    offer.set(null)
    if (!held.loss.get())
      await held
        .settle()
        .then(() => api.release_task(held.holder))
        .catch(() => undefined)
    held.end()
  }

  const release = ({ task, ...holder }: Opened) =>
    api.release_task({ project_id, task_id: task.id, ...holder }).catch(() => undefined)

  /** @param isNext after another task, not from the landing */
  const claim = async (isNext: boolean) => {
    const before = state.get()
    const empty = before.at === 'start' ? before.empty : null
    state.set(isNext ? { at: 'opening', task_id: null } : { at: 'start', empty, isAsking: true })
    const mine = ++turn
    const except = await tabLock.elsewhere(project_id)
    if (!isNext && (await isElsewhere(except, mine))) return
    if (turn !== mine) return
    const others = except.length > 0 ? { except } : {}
    return take(api.claim_task({ project_id, kind: options.kind, session_id: newSession(options), ...others }))
  }
  const take = async (asked: Claimed | Promise<Claimed>) => {
    const mine = ++turn
    wanted = null
    tabLock.free()
    offer.set(null)
    try {
      const [schema, { opened, empty }] = await Promise.all([options.getSchema(), asked])
      if (turn !== mine) {
        if (opened) await release(opened)
      } else if (opened) hold(opened, schema)
      else state.set({ at: 'start', empty, isAsking: false })
    } catch (error) {
      if (turn === mine) state.set({ at: 'failed', error, task_id: null })
    }
  }

  /** The queue offers first what a person has open: where another tab has it, it is shown as that. */
  const isElsewhere = async (others: readonly number[], mine: number): Promise<boolean> => {
    for (const task_id of others) {
      const found = await api.get_task({ project_id, task_id }).catch(() => null)
      if (turn !== mine) return false
      if (!found || stageById(options.workflow, found.task.stage_id).kind !== options.kind) continue
      wanted = task_id
      await view(task_id, openInOtherTab(), mine, found)
      return true
    }
    return false
  }

  /**
   * @param isForced also where another tab has it open: it loses it
   * @returns false if the task that is open stays: its work could not be saved, or a shape is not finished
   */
  const open = async (task_id: number, isForced = false): Promise<boolean> => {
    const before = heldNow()
    // The same one is opened again because this tab has lost it.
    const isOther = before !== null && before.holder.task_id !== task_id
    if (isOther && isUnfinished()) return false
    const mine = ++turn
    wanted = task_id
    if (isOther && !before.loss.get() && before.saver.hasUnsaved) {
      const isSaved = await bring(before, () => before.saver.flush())
      if (turn !== mine) return true
      if (!isSaved) {
        wanted = before.holder.task_id
        return false
      }
    }
    if (before) void letGo(before)
    offer.set(null)
    state.set({ at: 'opening', task_id })
    try {
      const ahead = options.takeOpened(task_id)
      if (!ahead && !(await tabLock.take({ project_id, task_id }, isForced))) throw openInOtherTab()
      const { kind } = options
      const opening = ahead ?? api.open_task({ project_id, task_id, session_id: newSession(options), kind })
      const [schema, opened] = await Promise.all([options.getSchema(), opening])
      if (turn === mine) hold(opened, schema)
      else await release(opened)
    } catch (error) {
      if (turn === mine) await view(task_id, error, mine)
    }
    return true
  }
  const view = async (task_id: number, error: unknown, mine: number, known?: TaskReply) => {
    tabLock.free()
    try {
      if (!(error instanceof ApiError && VIEWABLE.has(error.code))) throw error
      const [schema, found] = await Promise.all([options.getSchema(), known ?? api.get_task({ project_id, task_id })])
      if (turn !== mine) return
      const { width, height } = found.task
      editor.load({ document: found.document, image: { width, height }, schema, authorId: person_id, isReadOnly: true })
      state.set({ at: 'viewing', view: found, refusal: { code: error.code, text: error.message } })
    } catch (failure) {
      if (turn === mine) state.set({ at: 'failed', error: failure, task_id })
    }
  }

  /** Saves, takes the step, goes to the next task. @returns whether the step was taken */
  const finish = async (
    kind: FinishKind,
    step: (last: LastStep & { next_session_id?: string }) => Promise<StepReply>,
  ): Promise<boolean> => {
    const held = heldNow()
    if (!held || leaving.get() === held || held.loss.get()) return false
    if ((kind === 'submitted' || kind === 'approved') && isUnseen()) return false
    const asked = options.now()
    const next_session_id = newSession(options)
    const others = tabLock.elsewhere(project_id)
    // The next task waits for it, see `take`: it comes meanwhile.
    void options.getSchema().catch(() => undefined)
    return bring(held, async () => {
      const taken = await stepOnce(api, held, kind, async (last) =>
        // It could bring what another tab has open: then the next one is claimed by itself.
        step((await others).length > 0 ? last : { ...last, next_session_id }),
      )
      lastStep = asked
      await goOn(held, taken)
    })
  }
  /** From a task whose step was taken to the next one. */
  const goOn = async (held: HeldTask, { kind, reply: { task, next } }: Taken) => {
    unsent.drop(task.id)
    lastAct.set({ kind, name: task.name, stage_id: task.stage_id, task_id: task.id })
    held.end()
    if (heldNow() === held) await (next ? take(next) : claim(true))
    else if (next?.opened) await release(next.opened)
  }
  /** A report or a save was refused: the task is lost, unless a step without an answer was taken after all. */
  const refused = async (held: HeldTask, error: unknown) => {
    const taken = isStarted(editor.state()) ? null : await takenUnheard(api, held, error).catch(() => null)
    if (!taken) held.notice(error)
    // A step that is asked for again finds out by itself.
    else if (heldNow() === held && leaving.get() !== held) await goOn(held, taken)
  }
  /** Nobody has seen the task yet: what is meant for the last one must not take a step with it. */
  const isUnseen = (): boolean => shownAsset !== heldNow()?.opened.task.asset_id || options.now() - lastStep < TWICE_MS

  tabLock.listen({
    async wanted() {
      const held = heldNow()
      if (!held || held.loss.get()) return
      held.lock()
      await held.settle().catch(() => undefined)
    },
    taken: () => void heldNow()?.notice(openInOtherTab()),
  })

  const takeBack = (document: Parameters<HeldTask['replace']>[0], next: Offer | null) => {
    heldNow()?.replace(document)
    offer.set(next)
  }

  if (options.begun) hold(options.begun.opened, options.begun.schema)

  return {
    state: state as Pick<Signal<WorkState>, 'get' | 'subscribe'>,
    offer: offer as Pick<Signal<Offer | null>, 'get' | 'subscribe'>,
    leaving: leaving as Pick<Signal<HeldTask | null>, 'get' | 'subscribe'>,
    hindrance: hindrance as Pick<Signal<{ by: Hindrance } | null>, 'get' | 'subscribe'>,
    hinder: (by: Hindrance) => hindrance.set({ by }),
    /** A shape is half drawn: that is said, and the task is not left. */
    isUnfinished,
    /** The image of an asset is on the screen, or cannot be shown. */
    shown(asset_id: number) {
      shownAsset = asset_id
    },
    isUnseen,
    lastAct: lastAct as Pick<Signal<LastAct | null>, 'get' | 'subscribe'>,
    editor,
    wantedTask: () => wanted,
    held: heldNow,
    hasUnsaved: () => {
      const held = heldNow()
      return held !== null && !held.loss.get() && held.saver.hasUnsaved
    },
    start: () => claim(false),
    next() {
      heldNow()?.end()
      return claim(true)
    },
    open,
    retry(): Promise<unknown> {
      const now = state.get()
      return now.at === 'failed' && now.task_id !== null ? open(now.task_id) : claim(true)
    },
    submit: () => finish('submitted', (last) => api.submit_task(last)),
    approve: () => finish('approved', (last) => api.approve_task(last)),
    reject: (comment: string) => finish('rejected', (last) => api.reject_task({ ...last, comment })),
    skip: (reason: SkipReason, note: string) =>
      finish('skipped', (last) => api.skip_task({ ...last, reason, ...(note ? { note } : {}) })),
    /** Saves, ends the lease and goes to the landing. @returns false if the task stays open, as in `open` */
    async close(): Promise<boolean> {
      if (isUnfinished()) return false
      const held = heldNow()
      // A step that is under way says where this goes. A task that is being left for another does not.
      if (held && leaving.get() === held && wanted === held.holder.task_id) return false
      const mine = ++turn
      if (held && !held.loss.get()) {
        const isBrought = await bring(held, held.settle)
        if (turn !== mine) return true
        if (!isBrought) return false
        void api.release_task(held.holder).catch(() => undefined)
      }
      held?.end()
      tabLock.free()
      offer.set(null)
      wanted = null
      state.set({ at: 'start', empty: null, isAsking: false })
      return true
    },
    /** The page goes away. */
    leave() {
      turn++
      const held = heldNow()
      // The next page may have taken its task already, perhaps the one that was only looked at here.
      if (wanted !== null && state.get().at !== 'viewing') tabLock.free({ project_id, task_id: wanted })
      wanted = null
      state.set({ at: 'start', empty: null, isAsking: false })
      if (held) void letGo(held)
    },
    /** The tab goes away, perhaps for good. */
    abandon: () => abandonTask(api, heldNow()),
    async restore() {
      const found = offer.get()
      const held = heldNow()
      if (!held || !found || found.kind === 'restored') return
      const document = found.kind === 'kept' ? found.kept.document : found.document
      const previous = editor.document()
      takeBack(document, { kind: 'restored', previous, document, object_count: document.objects.length })
      // The restored work is under this session's name first.
      if (found.kind === 'kept') await new Promise<void>((resolve) => void options.timers.after(1000, resolve))
      // Where there was no room for that, it is offered again.
      if (held.isKept.get()) await forget(found)
    },
    undoRestore() {
      const done = offer.get()
      if (done?.kind !== 'restored') return
      takeBack(done.previous, null)
      lookFurther(done)
    },
    async dismissOffer() {
      const found = offer.get()
      offer.set(null)
      if (!found) return
      await forget(found)
      lookFurther(found)
    },
  }

  function lookFurther(after: Offer): void {
    const held = heldNow()
    if (held) lookForOffer(held, after.kind === 'restored' ? after.document : undefined)
  }

  async function forget(found: Offer): Promise<void> {
    if (found.kind === 'draft') seen.add(found.id)
    if (found.kind === 'kept') await keptWork.drop(found.kept)
  }
}

const newSession = ({ createId }: WorkOptions): string => createId().replace(/[^A-Za-z0-9_-]/g, '')

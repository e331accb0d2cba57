// One task while it is open in this tab: its saves, its heartbeats, its clock, and how it may be lost.
import { ApiError } from '../../../contract/client.ts'
import { type ActiveClock, createActiveClock } from '../../../editor/clock.ts'
import { withoutUnknown } from '../../../editor/commands/drop-unknown.ts'
import { type EditorDocument, toSaved } from '../../../editor/document.ts'
import type { Editor } from '../../../editor/editor.ts'
import { isStarted } from '../../../editor/state.ts'
import type { AnnotationDocument } from '../../../model/annotation.ts'
import type { LabelSchema } from '../../../model/label-schema.ts'
import { onPersonGone } from '../../person-here.ts'
import type { ReplyOf } from '../../queries.ts'
import { createHeartbeat } from './heartbeat.ts'
import type { KeptWork, Place } from './kept-work.ts'
import { isWorthRetrying, type Loss, lossOf } from './loss.ts'
import { createSaver, type Saver } from './save-scheduler.ts'
import { createSending } from './sending.ts'
import { createSignal, type Signal } from './signal.ts'
import type { Timers } from './timers.ts'
import type { WorkApi } from './work-api.ts'

export type Opened = ReplyOf<'open_task'>
export type Holder = Place & { session_id: string; generation: number }

export type LastStep = Holder & { increments: { sequence: number; ms: number }[]; since_input_ms: number }

export type HeldTask = {
  readonly opened: Opened
  readonly holder: Holder
  readonly isReview: boolean
  readonly clock: ActiveClock
  readonly saver: Saver
  readonly loss: Signal<Loss | null>
  /** False: this browser could not keep what is not saved. */
  readonly isKept: Pick<Signal<boolean>, 'get' | 'subscribe'>
  /** A shape was begun and not finished when the task was locked: it is gone. */
  lostShape(): boolean
  /** Nothing can be drawn any more. Does nothing once the task was left: the editor shows another. */
  lock(): void
  /** Active time of everybody on this task, in this kind of work, ms. */
  activeMs(): number
  /** Puts another document into the editor; it is saved like any change. */
  replace(document: AnnotationDocument): void
  /** Brings everything to the server: objects and time. Rejects if the objects did not get there. */
  settle(): Promise<void>
  /** Brings the objects to the server, then takes the step, which brings the time along. */
  finish<T>(step: (last: LastStep) => Promise<T>): Promise<T>
  /** What is in the editor from now on is not of this task, until `thaw`. @param isLeft for good */
  freeze(isLeft?: boolean): void
  thaw(): void
  /** The schema is taken as the server has it now. */
  followSchema(): Promise<void>
  /** Some refused call may mean that the task is lost. @returns whether it does */
  notice(error: unknown): boolean
  /** No call goes out any more, but for the draft of a moved task. */
  end(): void
}

export type HeldOptions = {
  api: WorkApi
  timers: Timers
  /** Only goes forward, ms. */
  now: () => number
  editor: Editor
  keptWork: KeptWork
  place: Place
  opened: Opened
  schema: LabelSchema
  /** As the server has it now. */
  getNewSchema: () => Promise<LabelSchema>
  /** A report or a save was refused. */
  onRefused: (error: unknown) => void
  isReview: boolean
  idleMs: number
  /** Whether the person has this window before them. */
  isInFront: () => boolean
}

/** Kept in the browser at latest this long after a change, however long the changes go on, ms. */
const KEEP_MS = 400

/** Of tasks that were left while their drafts were on their way. Another person does not send them. */
const goingOn = new Set<Saver>()
onPersonGone(() => {
  for (const saver of goingOn) saver.stop()
  goingOn.clear()
})

/** Loads the task into the editor and begins. Opening counts as the first input. */
export function holdTask(options: HeldOptions): HeldTask {
  const { api, timers, editor, keptWork, opened, place, isReview } = options
  const holder: Holder = { ...place, session_id: opened.session_id, generation: opened.generation }
  const loss = createSignal<Loss | null>(null)
  const isKept = createSignal(true)
  let frozen: EditorDocument | null = null
  const current = () => frozen ?? editor.state().document
  /** What was sent last and not taken. Of a moved task, the server keeps it as a draft. */
  let refused: EditorDocument | null = null
  let hasLostShape = false
  let isOver = false
  let { schema } = options
  /** The schema was changed while the editor may have shown something else. */
  let isSchemaBehind = false
  let cancelKeep: (() => void) | null = null

  const load = (document: AnnotationDocument, isNew = false) => {
    const { width, height } = opened.task
    editor.load({
      document,
      image: { width, height },
      schema,
      authorId: place.person_id,
      isReadOnly: false,
      isNew,
    })
  }
  const isNew = opened.revision_id === null && !isReview
  load(opened.document, isNew)
  /** With values that the server does not have. */
  const hasBegun = isNew && Object.keys(editor.state().document.global_attributes).length > 0

  const send = createSending(api, holder, opened)
  const followSchema = async () => {
    schema = await options.getNewSchema()
    // What is frozen may not be what the editor shows by now.
    if (frozen) isSchemaBehind = true
    else editor.adoptSchema(schema)
  }
  /** Where the schema was changed meanwhile, values that it does not know are left behind: they would hinder every save. */
  const sendKnown = async (document: EditorDocument, error: unknown) => {
    if (!(error instanceof ApiError && error.code === 'invalid_input')) throw error
    await followSchema()
    const known = withoutUnknown(document, schema)
    if (known === document) throw error
    return send(known)
  }
  const saver = createSaver<EditorDocument>({
    timers,
    read: current,
    send: (document) => send(document).catch((error: unknown) => sendKnown(document, error)),
    isPassing: isWorthRetrying,
    onSaved: () => {
      if (!saver.hasUnsaved) drop()
    },
    onRefused(error, document) {
      refused = document
      options.onRefused(error)
    },
  })
  const cancelKeeping = () => {
    cancelKeep?.()
    cancelKeep = null
  }
  const drop = () => {
    cancelKeeping()
    void keptWork.drop(holder)
  }
  const keep = () => {
    cancelKeeping()
    const lost = loss.get()
    const isDraft = lost?.kind === 'moved' && lost.draft_id !== null
    if (!saver.hasUnsaved || isDraft) return
    const document = toSaved(current())
    void keptWork.keep({ ...place, session_id: holder.session_id, document, moment: timers.now() }).then(isKept.set)
  }

  const stopSaving = () => {
    saver.stop()
    goingOn.delete(saver)
  }
  /** The server keeps as a draft what comes too late, but it must come. */
  const isDraftDue = () => {
    const lost = loss.get()
    return lost?.kind === 'moved' && lost.draft_id === null && saver.hasUnsaved
  }

  let known = editor.state().document
  const unsubscribe = editor.subscribe(() => {
    const { document } = editor.state()
    if (frozen || document === known) return
    known = document
    saver.changed()
    cancelKeep ??= timers.after(KEEP_MS, keep)
  })

  // Who answers a heartbeat would take a save too.
  const { clock, activeMs, heartbeat } = startClock(options, holder, () => saver.retryNow())

  const lock = () => {
    if (isOver) return
    hasLostShape ||= isStarted(editor.state())
    editor.setReadOnly(true)
  }
  const notice = (error: unknown): boolean => {
    const found = lossOf(error)
    const before = loss.get()
    if (!found) return false
    if (!before) lock()
    // What was drawn while the save was under way is not in that draft: it follows.
    const next = found.kind === 'moved' && refused !== current() ? { ...found, draft_id: null } : found
    if (before && !(before.kind === 'moved' && next.kind === 'moved' && next.draft_id !== null)) return true
    loss.set(next)
    if (next.kind === 'moved' && next.draft_id !== null) drop()
    clock.held(false)
    heartbeat.stop()
    if (isDraftDue()) void saver.flush().catch(() => undefined)
    else stopSaving()
    return true
  }

  editor.putCarried()

  return {
    opened,
    holder,
    isReview,
    clock,
    saver,
    loss,
    isKept,
    lostShape: () => hasLostShape,
    lock,
    activeMs,
    replace: (document) => load(document),
    async settle() {
      // Time that does not get through now is not worth holding up the work.
      const time = heartbeat.beat().catch((error: unknown) => {
        if (!isWorthRetrying(error)) throw error
      })
      await Promise.all([saver.flush(), time])
    },
    async finish(step) {
      // What the image began with is saved with the first change, at latest here.
      await saver.flush(hasBegun)
      return heartbeat.withTime((increments, since_input_ms) =>
        step({ ...holder, increments: [...increments], since_input_ms }),
      )
    },
    freeze(isLeft = false) {
      editor.pointerCancel()
      frozen = editor.state().document
      isOver = isLeft
    },
    thaw() {
      frozen = null
      if (isSchemaBehind) editor.adoptSchema(schema)
      isSchemaBehind = false
      saver.changed()
    },
    followSchema,
    notice,
    end() {
      isOver = true
      unsubscribe()
      frozen ??= editor.state().document
      keep()
      clock.held(false)
      heartbeat.stop()
      if (isDraftDue()) goingOn.add(saver)
      else stopSaving()
    },
  }
}

/** The clock, and the reports of it. */
function startClock(options: HeldOptions, holder: Holder, onAnswer: () => void) {
  const { api, timers, isReview, opened, idleMs, now, isInFront, onRefused } = options
  const clock = createActiveClock({ now, idleMs })
  clock.visible(isInFront())
  clock.held(true)
  clock.input()
  let reported = isReview ? opened.task.review_ms : opened.task.duration_ms
  let acknowledged = 0
  const heartbeat = createHeartbeat({
    timers,
    clock,
    send: (increments, since_input_ms) => api.heartbeat({ ...holder, increments: [...increments], since_input_ms }),
    isPassing: isWorthRetrying,
    onAnswer(reply, increments) {
      reported = isReview ? reply.review_ms : reply.duration_ms
      for (const { ms } of increments) acknowledged += ms
      onAnswer()
    },
    onRefused,
  })
  return { clock, heartbeat, activeMs: () => reported + clock.activeMs - acknowledged }
}

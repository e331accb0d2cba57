// A person at the label page, and a server that is played: what is sent, in which order, and what becomes of the work.
import { ApiError } from '../../../contract/client.ts'
import type { Task } from '../../../contract/tasks.ts'
import { createEditor } from '../../../editor/editor.ts'
import { type AnnotationDocument, documentProblem } from '../../../model/annotation.ts'
import { withChanges } from '../../../model/changes.ts'
import type { LabelSchema } from '../../../model/label-schema.ts'
import type { Workflow } from '../../../model/workflow.ts'
import type { LastStep, Opened } from './held-task.ts'
import type { Kept, KeptWork } from './kept-work.ts'
import { createSignal } from './signal.ts'
import type { TabLock } from './tab-lock.ts'
import { handTimers } from './test-timers.ts'
import { createWork, type WorkOptions } from './work.ts'
import type { WorkApi } from './work-api.ts'

export const schema: LabelSchema = {
  classes: [
    {
      id: 1,
      name: 'Car',
      color: '#ff0000',
      hotkey: '1',
      geometries: ['box', 'polygon', 'mask'],
      attributes: [],
      is_removed: false,
    },
  ],
  global_attributes: [],
}
const workflow: Workflow = [
  { id: 1, position: 1, kind: 'prepare', name: 'Prepare' },
  { id: 2, position: 2, kind: 'label', name: 'Label' },
  { id: 3, position: 3, kind: 'review', name: 'Review' },
  { id: 4, position: 4, kind: 'completed', name: 'Completed' },
]
const NOTHING: AnnotationDocument = { objects: [], global_attributes: {} }

export function opened(task_id: number, session_id: string, more: Partial<Opened> = {}): Opened {
  const task = {
    id: task_id,
    asset_id: task_id,
    name: `${task_id}.jpg`,
    stage_id: 2,
    width: 100,
    height: 80,
    duration_ms: 0,
    review_ms: 0,
    is_skipped: false,
  }
  return {
    task: task as Task,
    document: NOTHING,
    revision_id: null,
    generation: 1,
    session_id,
    drafts: [],
    returned_comment: null,
    ...more,
  }
}

/** What the whole image begins with. */
export const LIGHT: LabelSchema['global_attributes'] = [
  { id: 1, name: 'Dark', type: 'checkbox', is_required: false, options: [], parent: null, initial: true },
]

/** A person at the page, and a server of which each call can be made to fail. */
export function desk(
  queue: number[],
  begun: WorkOptions['begun'] = null,
  global_attributes: LabelSchema['global_attributes'] = [],
) {
  const time = handTimers()
  const calls: string[] = []
  const saved: AnnotationDocument[] = []
  const failed: unknown[] = []
  const failures = new Map<string, unknown>()
  const kept = new Map<string, Kept>()
  const keeps = createSignal(true)
  let open: Partial<Opened> = {}
  let isInFront = true
  let isImageLate = false
  let moved: Partial<Task> = { stage_id: 3 }
  const answer = async <T>(name: string, reply: T): Promise<T> => {
    calls.push(name)
    const failure = failures.get(name)
    if (failure) throw await failure
    return reply
  }
  const next = (except: readonly number[] = []) => {
    const id = queue.find((waiting) => !except.includes(waiting))
    queue.splice(0, queue.length, ...queue.filter((waiting) => waiting !== id))
    return id
      ? { task_id: id, source: 'pool' as const, opened: opened(id, 'session-1', open), empty: null }
      : { task_id: null, source: null, opened: null, empty: { total: 1 } as never }
  }
  const revisions = new Map<number, { revision_id: number | null; document: AnnotationDocument }>()
  let served: LabelSchema = { ...schema, global_attributes }
  const store = (task_id: number, document: AnnotationDocument) => {
    const problem = documentProblem(document, served, { width: 100, height: 80 })
    if (problem) throw new ApiError(400, { code: 'invalid_input', detail: problem })
    saved.push(document)
    revisions.set(task_id, { revision_id: saved.length, document })
    return { revision_id: saved.length, object_count: document.objects.length }
  }
  let schemaAsks = 0
  const answerSchema = async () => {
    schemaAsks++
    return served
  }
  const released: number[] = []
  const ahead = new Map<number, Promise<Opened>>()
  const reported: { sequence: number; ms: number }[] = []
  /** The step's time, and the next task with it unless that claim fails. */
  const move = async (
    name: string,
    { task_id, increments = [], next_session_id }: Partial<LastStep> & { task_id: number; next_session_id?: string },
  ) => {
    const { task: moved } = await answer(name, task(task_id))
    reported.push(...increments)
    return { task: moved, next: failures.has('next') || !next_session_id ? null : next() }
  }
  const stages = new Map<number, number>()
  const task = (id: number) => {
    const stage_id = stages.get(id)
    return { task: { ...opened(id, '').task, ...moved, ...(stage_id && { stage_id }) } as Task }
  }
  const api = {
    claim_task: ({ except }) => answer('claim', null).then(() => next(except)),
    open_task: ({ task_id, session_id }) => answer('open', opened(task_id, session_id, open)),
    get_task: ({ task_id }) => answer('get', { ...task(task_id), document: NOTHING, revision_id: null, people: [] }),
    get_draft: ({ draft_id }) =>
      answer('draft', { id: draft_id, document: { objects: [box('d')], global_attributes: {} }, created_at: '' }),
    heartbeat: () => answer('beat', { expires_at: '', duration_ms: 0, review_ms: 0, accepted_ms: 0 }),
    save_document: ({ task_id, document }) => answer('save whole', null).then(() => store(task_id, document)),
    save_changes: ({ task_id, base_id, changes }) =>
      answer('save', null).then(() => {
        const { revision_id, document } = revisions.get(task_id) ?? opened(task_id, '', open)
        if (base_id !== revision_id) throw new ApiError(409, { code: 'stale_base' })
        return store(task_id, withChanges(document, changes))
      }),
    submit_task: (last) => move('submit', last),
    approve_task: (last) => move('approve', last),
    reject_task: (last) => move('reject', last),
    skip_task: (last) => move('skip', last),
    release_task: ({ task_id }) => {
      released.push(task_id)
      return answer('release', undefined)
    },
  } satisfies WorkApi
  const keptWork: KeptWork = {
    of: async (place) => [...kept.values()].filter((k) => k.task_id === place.task_id),
    async keep(k) {
      kept.set(`${k.task_id} ${k.session_id}`, k)
      return keeps.get()
    },
    drop: async (k) => void kept.delete(`${k.task_id} ${k.session_id}`),
  }
  const seen = new Set<number>()
  /** The tasks of other tabs, and the one of this. */
  const tabs = { others: new Set<number>(), own: null as number | null, wish: async () => {}, steal: () => {} }
  const tabLock: TabLock = {
    async take({ task_id: id }, isForced = false) {
      if (isForced) tabs.others.delete(id)
      tabs.own = tabs.others.has(id) ? null : id
      return tabs.own !== null
    },
    free(only) {
      if (!only || tabs.own === only.task_id) tabs.own = null
    },
    elsewhere: async () => [...tabs.others],
    listen: (heard) => {
      if (heard) Object.assign(tabs, { wish: heard.wanted, steal: heard.taken })
    },
  }
  let ids = 0
  const editor = createEditor({ createId: () => `object-${ids++}` })
  const work = createWork({
    api, editor, keptWork, workflow, timers: time.timers, now: time.timers.now, createId: () => `session-${ids++}`, seen: { has: (id) => seen.has(id), add: (id) => void seen.add(id) },
    project_id: 1, person_id: 9, kind: 'label', idleMs: 60_000, isInFront: () => isInFront, getSchema: answerSchema, getNewSchema: async () => served, onFailed: (error) => failed.push(error), isOpening: false, begun, takeOpened: (id) => ahead.get(id) ?? null, tabLock,
  }) // biome-ignore format: one list
  const showImage = () => work.shown(work.held()?.opened.task.asset_id ?? 0)
  showImage()
  work.state.subscribe(() => isImageLate || showImage())
  editor.resize({ width: 100, height: 80 })
  const at = (x: number, y: number) => {
    const { view } = editor.state()
    return { x: x * view.scale + view.x, y: y * view.scale + view.y }
  }
  return {
    ...time, work, editor, calls, saved, reported, released, ahead, failed, failures, kept, keeps, seen, stages, tabs,
    opens: (more: Partial<Opened>) => (open = more),
    schemaAsks: () => schemaAsks,
    turnsAway: () => (isInFront = false),
    showImage,
    imagesAreLate: () => (isImageLate = true),
    becomes: (more: Partial<Task>) => (moved = more),
    schemaBecomes: (change: Partial<LabelSchema>) => (served = { ...served, ...change }),
    /** Two corners of an outline. */
    beginOutline() {
      editor.setTool('polygon')
      for (const xy of [at(40, 40), at(60, 40)]) {
        editor.pointerDown({ ...xy, button: 0 })
        editor.pointerUp(xy)
      }
    },
    /** The brush is down. */
    beginStroke() {
      editor.setTool('mask')
      editor.pointerDown({ ...at(20, 20), button: 0 })
      editor.pointerMove(at(60, 60))
    },
    draw() {
      editor.setTool('box')
      editor.pointerDown({ ...at(10, 10), button: 0 })
      editor.pointerMove(at(30, 30))
      editor.pointerUp(at(30, 30))
    },
  } // biome-ignore format: one list
}
export const box = (id: string) => ({
  id,
  class_id: 1,
  attributes: {},
  author_id: 9,
  shape: { type: 'box' as const, x: 1, y: 1, width: 5, height: 5 },
})
export const stale = (more = {}) =>
  new ApiError(409, { code: 'stale_generation', moved_by: 'Mira', moved_at: '2026-01-01T00:00:00Z', ...more })

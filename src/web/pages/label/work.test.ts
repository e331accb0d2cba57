// The life of a task in one tab, with a server that is played: what is sent, in which order, and what becomes of the work.
import { describe, expect, it } from 'vitest'
import { ApiError } from '../../../contract/client.ts'
import type { Task } from '../../../contract/tasks.ts'
import { createEditor } from '../../../editor/editor.ts'
import { type AnnotationDocument, documentProblem } from '../../../model/annotation.ts'
import { withChanges } from '../../../model/changes.ts'
import type { LabelSchema } from '../../../model/label-schema.ts'
import type { Workflow } from '../../../model/workflow.ts'
import { offlineError } from '../../offline.ts'
import type { LastStep, Opened } from './held-task.ts'
import type { Kept, KeptWork } from './kept-work.ts'
import { firstMissing } from './missing-attributes.ts'
import { createSignal } from './signal.ts'
import type { TabLock } from './tab-lock.ts'
import { handTimers } from './test-timers.ts'
import { createWork, type WorkOptions } from './work.ts'
import type { WorkApi } from './work-api.ts'

const schema: LabelSchema = {
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

function opened(task_id: number, session_id: string, more: Partial<Opened> = {}): Opened {
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
const LIGHT: LabelSchema['global_attributes'] = [
  { id: 1, name: 'Dark', type: 'checkbox', is_required: false, options: [], parent: null, initial: true },
]

/** A person at the page, and a server of which each call can be made to fail. */
function desk(
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
    project_id: 1, person_id: 9, kind: 'label', idleMs: 60_000, isInFront: () => isInFront, getSchema: async () => served, getNewSchema: async () => served, onFailed: (error) => failed.push(error), isOpening: false, begun, takeOpened: (id) => ahead.get(id) ?? null, tabLock,
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
const box = (id: string) => ({
  id,
  class_id: 1,
  attributes: {},
  author_id: 9,
  shape: { type: 'box' as const, x: 1, y: 1, width: 5, height: 5 },
})
const stale = (more = {}) =>
  new ApiError(409, { code: 'stale_generation', moved_by: 'Mira', moved_at: '2026-01-01T00:00:00Z', ...more })

describe('the way through the work', () => {
  it('draw, submit: saves, then one call reports the time and brings the next task', async () => {
    const d = desk([5, 6])
    await d.work.start()
    await d.pass(4000)
    d.work.held()?.clock.input()
    d.draw()
    await d.work.submit()
    expect(d.calls).toEqual(['claim', 'save', 'submit'])
    expect(d.reported).toEqual([{ sequence: 1, ms: 4000 }])
    expect(d.saved[0]?.objects).toHaveLength(1)
    expect(d.work.held()?.holder.task_id).toBe(6)
    expect(d.editor.state().document.objects).toHaveLength(0)
    expect(d.editor.state().tool).toBe('box')
    expect(d.work.lastAct.get()).toMatchObject({ kind: 'submitted', name: '5.jpg', stage_id: 3 })
  })

  it('where the claim after a step fails, it is asked for again and says why', async () => {
    const d = desk([5])
    await d.work.start()
    d.failures.set('next', true)
    d.failures.set('claim', offlineError())
    await d.work.submit()
    expect(d.calls).toEqual(['claim', 'submit', 'claim'])
    expect(d.work.state.get()).toMatchObject({ at: 'failed', task_id: null })
  })

  it('the time of a task that comes while the person looks at something else is not counted', async () => {
    const d = desk([5, 6])
    await d.work.start()
    d.turnsAway()
    await d.work.submit()
    await d.pass(50_000)
    d.work.held()?.clock.visible(true)
    d.work.held()?.clock.input()
    expect(d.work.held()?.activeMs()).toBe(0)
  })

  it('whoever goes elsewhere while the step is under way gives the next task back', async () => {
    const d = desk([5, 6])
    await d.work.start()
    const submitting = d.work.submit()
    await d.work.open(9)
    await submitting
    await d.settle()
    expect(d.work.held()?.holder.task_id).toBe(9)
    expect(d.released).toContain(6)
  })

  it('the task that was open before there was a page is held from the beginning', async () => {
    const d = desk([], { opened: opened(7, 'session-ahead'), schema })
    expect(d.work.held()?.holder).toMatchObject({ task_id: 7, session_id: 'session-ahead' })
    expect([d.tabs.own, d.work.wantedTask(), d.calls]).toEqual([7, 7, []])
    d.draw()
    await d.pass(3000)
    expect(d.saved).toHaveLength(1)
  })

  it('the task of a link that was opened ahead is not opened again', async () => {
    const d = desk([])
    d.ahead.set(7, Promise.resolve(opened(7, 'session-ahead')))
    await d.work.open(7)
    expect(d.calls).toEqual([])
    expect(d.work.held()?.holder).toMatchObject({ task_id: 7, session_id: 'session-ahead' })
  })

  it('what is copied to the next image is there when it opens, and is saved', async () => {
    const d = desk([5, 6])
    await d.work.start()
    d.draw()
    d.editor.carry()
    await d.work.submit()
    expect(d.work.held()?.holder.task_id).toBe(6)
    expect(d.editor.state().document.objects).toHaveLength(1)
    await d.pass(3000)
    expect(d.saved.map((s) => s.objects.length)).toEqual([1, 1])
    expect(d.saved[1]?.objects[0]?.id).not.toBe(d.saved[0]?.objects[0]?.id)
    d.editor.undo()
    expect(d.editor.state().document.objects).toHaveLength(0)
  })

  it('what a new image begins with is saved with the last step, not by looking at it', async () => {
    const d = desk([5, 6], null, LIGHT)
    await d.work.start()
    expect(d.editor.document().global_attributes).toEqual({ 1: true })
    await d.work.close()
    expect(d.saved).toEqual([])
    await d.work.start()
    await d.work.submit()
    expect(d.saved).toEqual([{ objects: [], global_attributes: { 1: true } }])
    d.opens({ revision_id: 3 })
    await d.work.open(5)
    expect(d.editor.document().global_attributes).toEqual({})
  })

  it('a second tab says that another has the task, and neither takes it away nor counts, until it is told to', async () => {
    const d = desk([])
    d.becomes({ stage_id: 2 })
    d.tabs.others.add(5)
    for (const come of [() => d.work.open(5), () => d.work.start()]) {
      await come()
      expect(d.work.state.get()).toMatchObject({ at: 'viewing', refusal: { code: 'other_tab' } })
      await d.pass(60_000)
      expect(d.editor.isReadOnly).toBe(true)
    }
    expect(d.calls).toEqual(['get', 'get'])
    await d.work.open(5, true)
    expect([d.work.held()?.holder.task_id, d.tabs.own]).toEqual([5, 5])
    await d.work.close()
    expect(d.tabs.own).toBeNull()
  })

  it('taken in another tab: this one hears at once, and sends nothing any more', async () => {
    const d = desk([5])
    await d.work.start()
    d.draw()
    d.tabs.steal()
    expect(d.work.held()?.loss.get()).toEqual({ kind: 'not_held', text: null })
    expect(d.editor.isReadOnly).toBe(true)
    await d.pass(60_000)
    expect(d.calls).toEqual(['claim'])
    expect(d.kept.size).toBe(1)
  })

  it('wanted in another tab: time and objects go to the server first', async () => {
    const d = desk([5])
    await d.work.start()
    d.draw()
    await d.tabs.wish()
    d.tabs.steal()
    expect(d.calls).toEqual(['claim', 'beat', 'save'])
    expect([d.work.held()?.loss.get()?.kind, d.editor.isReadOnly, d.kept.size]).toEqual(['not_held', true, 0])
  })

  it('a shape that is not finished when the task is taken is gone, and that is known', async () => {
    const d = desk([5])
    await d.work.start()
    d.draw()
    d.beginOutline()
    await d.tabs.wish()
    d.tabs.steal()
    expect(d.work.held()?.lostShape()).toBe(true)
    await d.work.open(5, true)
    d.tabs.steal()
    expect(d.work.held()?.lostShape()).toBe(false)
  })

  it('what is only looked at, and what is done, is no other tab’s hindrance', async () => {
    const d = desk([6])
    d.failures.set('open', new ApiError(409, { code: 'task_taken' }))
    await d.work.open(5)
    expect([d.work.state.get().at, d.tabs.own]).toEqual(['viewing', null])
    await d.work.start()
    expect(d.tabs.own).toBe(6)
    await d.work.submit()
    expect([d.work.state.get().at, d.tabs.own]).toEqual(['start', null])
  })

  it('a page that goes leaves the next page its task', async () => {
    const d = desk([6])
    d.failures.set('open', new ApiError(409, { code: 'wrong_stage' }))
    await d.work.open(5)
    d.tabs.own = 5
    d.work.leave()
    expect(d.tabs.own).toBe(5)
    await d.work.start()
    d.tabs.own = 7
    d.work.leave()
    expect(d.tabs.own).toBe(7)
  })

  it('a step and what follows it pass over what other tabs have open', async () => {
    const d = desk([5, 6, 7, 8])
    await d.work.start()
    d.tabs.others.add(6).add(8)
    await d.work.submit()
    expect([d.work.held()?.holder.task_id, [...d.tabs.others]]).toEqual([7, [6, 8]])
    await d.pass(1000)
    d.tabs.others.clear()
    await d.work.submit()
    expect(d.work.held()?.holder.task_id).toBe(6)
  })

  it('of several tabs’ tasks, the first one of this kind of work is shown', async () => {
    const d = desk([])
    d.tabs.others.add(5).add(6)
    d.stages.set(6, 2)
    await d.work.start()
    expect(d.work.state.get()).toMatchObject({ at: 'viewing', view: { task: { id: 6 } } })
  })

  it('a task that another tab has for other work hinders nothing', async () => {
    const d = desk([6])
    d.tabs.others.add(5)
    await d.work.start()
    expect(d.work.held()?.holder.task_id).toBe(6)
  })

  it('an empty queue says why', async () => {
    const d = desk([])
    await d.work.start()
    expect(d.work.state.get()).toMatchObject({ at: 'start', empty: { total: 1 }, isAsking: false })
  })

  it('autosaves, and keeps in the browser only what the server does not have', async () => {
    const d = desk([5])
    await d.work.start()
    d.draw()
    await d.pass(500)
    expect([...d.kept.values()][0]?.document.objects).toHaveLength(1)
    await d.pass(1500)
    expect(d.calls).toContain('save')
    expect(d.kept.size).toBe(0)
    expect(d.work.hasUnsaved()).toBe(false)
  })

  it('steady work is kept in the browser all the same, and whether that works is known', async () => {
    const d = desk([5])
    await d.work.start()
    d.failures.set('save', offlineError())
    for (let i = 1; i <= 3; i++) {
      d.draw()
      await d.pass(350)
    }
    expect([...d.kept.values()][0]?.document.objects).toHaveLength(2)
    expect(d.work.held()?.isKept.get()).toBe(true)
    d.keeps.set(false)
    await d.pass(350)
    expect(d.work.held()?.isKept.get()).toBe(false)
  })

  it('offline: a submit stays where it is, and works later', async () => {
    const d = desk([5, 6])
    await d.work.start()
    d.draw()
    d.failures.set('save', offlineError())
    await d.work.submit()
    expect(d.failed).toHaveLength(1)
    expect(d.work.state.get().at).toBe('open')
    expect(d.work.leaving.get()).toBeNull()
    expect(d.editor.isReadOnly).toBe(false)
    d.failures.clear()
    await d.work.submit()
    expect(d.work.held()?.holder.task_id).toBe(6)
  })

  it.each([
    ['offline', offlineError()],
    ['signed out', new ApiError(401, { code: 'not_signed_in' })],
    ['while the server restarts', new ApiError(503, { code: 'unknown' })],
  ])('%s for ten minutes: the work goes on, is kept in the browser, and goes up', async (_name, error) => {
    const d = desk([5])
    await d.work.start()
    for (const call of ['save', 'beat']) d.failures.set(call, error)
    d.draw()
    await d.pass(5 * 60_000)
    d.draw()
    await d.pass(5 * 60_000)
    expect(d.work.held()?.loss.get()).toBeNull()
    expect([...d.kept.values()][0]?.document.objects).toHaveLength(2)
    d.failures.clear()
    await d.pass(10_000)
    expect(d.saved.at(-1)?.objects).toHaveLength(2)
    expect([d.kept.size, d.work.hasUnsaved(), d.editor.state().canUndo]).toEqual([0, false, true])
  })

  it('a submit whose answer got lost is not taken for a loss', async () => {
    const d = desk([5, 6])
    await d.work.start()
    d.failures.set('submit', offlineError())
    await d.work.submit()
    d.failures.set('submit', new ApiError(409, { code: 'no_lease' }))
    await d.work.submit()
    expect(d.work.held()?.holder.task_id).toBe(6)
  })

  it.each([
    ['left for another', 'beat', (d: ReturnType<typeof desk>) => d.work.open(7)],
    ['given up for the next', 'save', (d: ReturnType<typeof desk>) => d.work.next()],
  ])('what is refused of a task that was %s locks nothing any more', async (_name, call, go) => {
    const d = desk([5, 7])
    await d.work.start()
    d.draw()
    let refuse = () => {}
    d.failures.set(call, new Promise((done) => (refuse = () => done(stale()))))
    const flushing = d.work
      .held()
      ?.saver.flush()
      .catch(() => undefined)
    await go(d)
    expect(d.work.held()?.holder.task_id).toBe(7)
    refuse()
    await flushing
    await d.settle()
    expect(d.editor.isReadOnly).toBe(false)
  })

  it.each(['no_lease', 'task_taken'])('nor by a report of time that is refused since (%s)', async (code) => {
    const d = desk([5, 6])
    await d.work.start()
    d.draw()
    d.failures.set('submit', offlineError())
    await d.work.submit()
    d.failures.set('beat', new ApiError(409, { code }))
    await d.pass(10_000)
    expect(d.work.held()?.holder.task_id).toBe(6)
    expect(d.work.lastAct.get()).toMatchObject({ kind: 'submitted', task_id: 5 })
    expect([d.editor.isReadOnly, d.work.held()?.loss.get()]).toEqual([false, null])
  })

  it.each([
    ['the task is where it was', (d: ReturnType<typeof desk>) => d.becomes({ stage_id: 2 })],
    ['something was drawn since', (d: ReturnType<typeof desk>) => d.draw()],
    ['a shape is under way', (d: ReturnType<typeof desk>) => d.beginOutline()],
  ])('but a loss is one where %s', async (_name, happens) => {
    const d = desk([5, 6])
    await d.work.start()
    d.failures.set('submit', offlineError())
    await d.work.submit()
    happens(d)
    for (const call of ['beat', 'save']) d.failures.set(call, new ApiError(409, { code: 'no_lease' }))
    await d.pass(10_000)
    expect([d.work.held()?.holder.task_id, d.work.held()?.loss.get()?.kind]).toEqual([5, 'not_held'])
  })

  it('a task that nobody has seen yet is neither submitted nor approved, but skipped', async () => {
    const d = desk([5, 6, 7, 8])
    await d.work.start()
    await d.pass(1000)
    const twice = [d.work.submit(), d.work.submit()]
    await d.pass(200)
    expect(await Promise.all([...twice, d.work.submit()])).toEqual([true, false, false])
    expect(d.work.held()?.holder.task_id).toBe(6)
    await d.pass(1000)
    d.imagesAreLate()
    await d.work.submit()
    await d.pass(1000)
    expect(await Promise.all([d.work.submit(), d.work.approve()])).toEqual([false, false])
    expect(await d.work.skip('ambiguous', '')).toBe(true)
    expect(d.work.held()?.holder.task_id).toBe(8)
    d.showImage()
    await d.pass(1000)
    expect(await d.work.submit()).toBe(true)
  })

  it('work of one task never goes into another', async () => {
    const d = desk([5])
    await d.work.start()
    d.draw()
    const opening = d.work.open(7)
    await opening
    await d.pass(20_000)
    expect(d.work.held()?.holder.task_id).toBe(7)
    expect(d.saved.map((s) => s.objects.length)).toEqual([1])
    expect(d.calls).toContain('release')
  })

  it.each([
    ['another task is opened', (d: ReturnType<typeof desk>) => d.work.open(7)],
    ['it is closed', (d: ReturnType<typeof desk>) => d.work.close()],
  ])('a task whose work cannot be saved, or with a half-drawn shape, stays open when %s', async (_name, go) => {
    const d = desk([5])
    await d.work.start()
    d.draw()
    d.failures.set('save', offlineError())
    expect(await go(d)).toBe(false)
    expect([d.work.held()?.holder.task_id, d.work.wantedTask(), d.failed.length]).toEqual([5, 5, 1])
    d.failures.clear()
    d.beginOutline()
    expect(await go(d)).toBe(false)
    expect([d.work.held()?.holder.task_id, d.work.hindrance.get(), d.failed.length]).toEqual([
      5,
      { by: 'unfinished' },
      1,
    ])
    d.editor.act('cancel')
    d.editor.act('cancel')
    expect(await go(d)).toBe(true)
    expect(d.saved.at(-1)?.objects).toHaveLength(1)
    expect(d.work.held()?.holder.task_id).not.toBe(5)
  })

  it.each([
    ['it is submitted', (d: ReturnType<typeof desk>) => d.work.submit()],
    ['another task is opened', (d: ReturnType<typeof desk>) => d.work.open(7)],
    ['it is closed', (d: ReturnType<typeof desk>) => d.work.close()],
    ['the page goes away', async (d: ReturnType<typeof desk>) => d.work.leave()],
  ])('a stroke under way is saved with the task when %s', async (_name, go) => {
    const d = desk([5])
    await d.work.start()
    d.beginStroke()
    await go(d)
    await d.settle()
    expect(d.saved[0]?.objects).toMatchObject([{ shape: { type: 'mask' } }])
  })

  it.each([true, false])(
    'whoever goes elsewhere while it is closed is not brought back (saved: %s)',
    async (isSaved) => {
      const d = desk([5])
      await d.work.start()
      d.draw()
      if (!isSaved) d.failures.set('save', offlineError())
      const closing = d.work.close()
      d.work.leave()
      expect(await closing).toBe(true)
      await d.settle()
      expect([d.work.wantedTask(), d.work.state.get().at, d.failed]).toEqual([null, 'start', []])
    },
  )

  it('another task that is opened while one is closed stays open, with its lock', async () => {
    const d = desk([5])
    await d.work.start()
    d.draw()
    const closing = d.work.close()
    await d.work.open(7)
    expect(await closing).toBe(true)
    await d.settle()
    expect([d.work.held()?.holder.task_id, d.work.wantedTask(), d.tabs.own]).toEqual([7, 7, 7])
  })

  it('a step that is under way is not closed: the next task is open, with its lock', async () => {
    const d = desk([5, 6])
    await d.work.start()
    d.draw()
    const submitting = d.work.submit()
    expect(await d.work.close()).toBe(false)
    await submitting
    await d.settle()
    expect([d.work.held()?.holder.task_id, d.tabs.own, d.work.held()?.loss.get(), d.failed]).toEqual([6, 6, null, []])
    expect(d.released).not.toContain(6)
  })

  it('closing saves and releases', async () => {
    const d = desk([5])
    await d.work.start()
    d.draw()
    expect(await d.work.close()).toBe(true)
    expect(d.calls.slice(-3).sort()).toEqual(['beat', 'release', 'save'])
    expect(d.work.state.get().at).toBe('start')
  })

  it('a tab that is closed lets go of the task at once; unsaved work goes first', async () => {
    const d = desk([5])
    await d.work.start()
    d.work.abandon()
    // Both are on their way before the tab is gone.
    expect(d.calls).toEqual(['claim', 'beat', 'release'])
    await d.settle()
    d.draw()
    d.work.abandon()
    expect(d.calls.slice(3).sort()).toEqual(['beat', 'save'])
    await d.settle()
    expect(d.calls.at(-1)).toBe('release')
  })

  it('every call carries the generation of the latest open', async () => {
    const d = desk([5])
    d.opens({ generation: 3 })
    await d.work.start()
    expect(d.work.held()?.holder.generation).toBe(3)
    d.opens({ generation: 5 })
    await d.work.open(5)
    expect(d.work.held()?.holder.generation).toBe(5)
  })

  it('a task that may not be opened is shown', async () => {
    const d = desk([])
    d.failures.set('open', new ApiError(409, { code: 'wrong_stage', detail: 'It stands in Prepare.' }))
    await d.work.open(8)
    expect(d.work.state.get()).toMatchObject({
      at: 'viewing',
      refusal: { code: 'wrong_stage', text: 'It stands in Prepare.' },
    })
    expect(d.editor.isReadOnly).toBe(true)
  })
})

describe('a task that is moved while open', () => {
  it('told by a heartbeat: the unsaved work is sent, so that it is kept as a draft', async () => {
    const d = desk([5])
    await d.work.start()
    d.failures.set('beat', stale())
    d.failures.set('save', stale({ draft_id: 70 }))
    await d.pass(9900)
    d.draw()
    await d.pass(200)
    expect(d.editor.isReadOnly).toBe(true)
    expect(d.work.held()?.loss.get()).toEqual({ kind: 'moved', by: 'Mira', at: '2026-01-01T00:00:00Z', draft_id: 70 })
    await d.pass(60_000)
    expect(d.calls.filter((c) => c === 'save')).toHaveLength(1)
    expect(d.kept.size).toBe(0)
  })

  it('told by a submit', async () => {
    const d = desk([5, 6])
    await d.work.start()
    d.failures.set('submit', stale())
    await d.work.submit()
    expect(d.work.held()?.loss.get()).toMatchObject({ kind: 'moved', draft_id: null })
    expect(d.failed).toHaveLength(0)
    await d.work.next()
    expect(d.work.held()?.holder.task_id).toBe(6)
  })

  it('opened in another tab: what is unsaved is kept in the browser and offered there', async () => {
    const d = desk([5])
    await d.work.start()
    d.draw()
    d.failures.set(
      'save',
      new ApiError(409, { code: 'no_lease', detail: 'This task is open in another tab of yours.' }),
    )
    await d.pass(2000)
    expect(d.work.held()?.loss.get()?.kind).toBe('not_held')
    expect(d.kept.size).toBe(1)
    d.failures.clear()
    await d.work.open(5)
    await d.settle()
    expect(d.work.offer.get()).toMatchObject({ kind: 'kept', object_count: 1 })
    await Promise.all([d.work.restore(), d.pass(3000)])
    expect(d.editor.state().document.objects).toHaveLength(1)
    expect(d.saved.at(-1)?.objects).toHaveLength(1)
    await d.pass(5000)
    expect(d.kept.size).toBe(0)
    d.work.undoRestore()
    expect(d.editor.state().document.objects).toHaveLength(0)
  })
})

it('kept work of several sessions is offered one after the other, and only what was decided on goes', async () => {
  const d = desk([5])
  const keep = (session_id: string, ...ids: string[]) => {
    const document = { objects: ids.map(box), global_attributes: {} }
    d.kept.set(`5 ${session_id}`, { person_id: 9, project_id: 1, task_id: 5, session_id, document, moment: 0 })
  }
  keep('declined', 'a')
  keep('restored', 'b', 'c')
  keep('the-same', 'b', 'c')
  keep('last', 'd')
  const offered = () => {
    const offer = d.work.offer.get()
    return offer?.kind === 'kept' ? offer.kept.session_id : (offer?.kind ?? null)
  }
  await d.work.start()
  await d.settle()
  expect(offered()).toBe('declined')
  await d.work.dismissOffer()
  await d.settle()
  expect([offered(), d.kept.size]).toEqual(['restored', 3])
  await Promise.all([d.work.restore(), d.pass(5000)])
  expect([offered(), d.saved.at(-1)?.objects.length]).toEqual(['restored', 2])
  expect([...d.kept.keys()]).toEqual(['5 the-same', '5 last'])
  await d.work.dismissOffer()
  await d.settle()
  expect([offered(), d.kept.size]).toEqual(['last', 1])
})

it('a draft is offered once: restored it is saved, declined it is not asked again', async () => {
  const d = desk([5])
  d.opens({ drafts: [{ id: 70, object_count: 1, created_at: '2026-01-01T00:00:00Z' }] })
  await d.work.start()
  await d.settle()
  expect(d.work.offer.get()).toMatchObject({ kind: 'draft', id: 70 })
  await d.work.restore()
  await d.pass(2000)
  expect(d.saved.at(-1)?.objects.map((o) => o.id)).toEqual(['d'])
  expect(d.seen.has(70)).toBe(true)
  await d.work.open(5)
  await d.settle()
  expect(d.work.offer.get()).toBeNull()
})

describe('a schema that is changed under an open task', () => {
  it('takes the values that it no longer knows, as one step, and the rest is saved', async () => {
    const d = desk([5], null, LIGHT)
    await d.work.start()
    d.draw()
    d.editor.setGlobalAttribute(1, false)
    d.schemaBecomes({ global_attributes: [] })
    await d.pass(5000)
    expect(d.work.held()?.saver.state.get().at).toBe('saved')
    expect(d.saved.at(-1)).toMatchObject({ objects: [{ class_id: 1 }], global_attributes: {} })
    expect(d.editor.state()).toMatchObject({ schema: { global_attributes: [] }, document: { global_attributes: {} } })
    expect(d.editor.state().notice?.text).toContain('schema was changed')
    // Undo brings a value back that cannot be saved; it goes again.
    d.editor.undo()
    await d.pass(5000)
    expect(d.work.held()?.saver.state.get().at).toBe('saved')
  })

  it('takes options that are gone and values of another type as well; of several options the others stay', async () => {
    const attribute = (id: number, type: 'radio' | 'multi_select' | 'text', ...options: number[]) => ({
      id,
      name: `attribute ${id}`,
      type,
      is_required: false,
      options: options.map((option) => ({ id: option, name: `option ${option}` })),
      parent: null,
    })
    const d = desk([5], null, [attribute(1, 'radio', 1, 2), attribute(2, 'multi_select', 1, 2), attribute(3, 'text')])
    await d.work.start()
    d.editor.setGlobalAttribute(1, 2)
    d.editor.setGlobalAttribute(2, [1, 2])
    d.editor.setGlobalAttribute(3, 'seven')
    const number = { ...attribute(3, 'text'), type: 'number' as const }
    d.schemaBecomes({ global_attributes: [attribute(1, 'radio', 1), attribute(2, 'multi_select', 1), number] })
    await d.pass(5000)
    expect(d.work.held()?.saver.state.get().at).toBe('saved')
    expect(d.saved.at(-1)?.global_attributes).toEqual({ 2: [1] })
    expect(d.editor.state().document.global_attributes).toEqual({ 2: [1] })
    expect(d.editor.state().notice?.text).toContain('schema was changed')
  })

  it('does not hinder a submit', async () => {
    const d = desk([5, 6], null, LIGHT)
    await d.work.start()
    d.draw()
    d.schemaBecomes({ global_attributes: [] })
    await d.work.submit()
    expect([d.calls.includes('submit'), d.failed]).toEqual([true, []])
    expect(d.saved).toMatchObject([{ objects: [{ class_id: 1 }], global_attributes: {} }])
  })

  it('is taken by the editor too where a submit fails after the save', async () => {
    const d = desk([5, 6], null, LIGHT)
    await d.work.start()
    d.draw()
    d.schemaBecomes({ global_attributes: [] })
    d.failures.set('submit', offlineError())
    await d.work.submit()
    expect(d.saved).toMatchObject([{ objects: [{ class_id: 1 }], global_attributes: {} }])
    expect(d.editor.state()).toMatchObject({ schema: { global_attributes: [] }, document: { global_attributes: {} } })
    d.failures.clear()
    await d.work.submit()
    expect([d.work.held()?.holder.task_id, d.failed.length]).toEqual([6, 1])
  })

  it('asks for more than the page knew: it is there to be given, and nothing else is said', async () => {
    const d = desk([5, 6], null, LIGHT)
    await d.work.start()
    d.draw()
    const size = { id: 2, name: 'Size', type: 'text' as const, is_required: true, options: [], parent: null }
    d.schemaBecomes({ global_attributes: [...LIGHT, size] })
    d.failures.set('submit', new ApiError(409, { code: 'values_missing' }))
    expect(await d.work.submit()).toBe(false)
    const { schema, document } = d.editor.state()
    expect(firstMissing(document, schema)).toMatchObject({ object_id: null, attribute: 'Size' })
    expect([d.failed, d.work.held()?.loss.get()]).toEqual([[], null])
    d.editor.setGlobalAttribute(2, 'large')
    d.failures.clear()
    expect(await d.work.submit()).toBe(true)
    expect(d.saved.at(-1)?.global_attributes).toEqual({ 1: true, 2: 'large' })
  })

  it('leaves an object in the editor whose shape it no longer allows', async () => {
    const d = desk([5])
    await d.work.start()
    d.draw()
    d.schemaBecomes({ classes: schema.classes.map((c) => ({ ...c, geometries: ['polygon'] })) })
    await d.pass(5000)
    expect(d.work.held()?.saver.state.get().at).toBe('refused')
    expect(d.editor.state().document.objects).toHaveLength(1)
    expect(d.editor.state().schema.classes[0]?.geometries).toEqual(['polygon'])
  })
})

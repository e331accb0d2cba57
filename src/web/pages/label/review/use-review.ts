// The comments of the task on the screen, and all that a person does with them from the panel, the image and the keyboard.
import { useCallback, useEffect, useRef } from 'react'
import { showing } from '../../../../editor/coordinates.ts'
import type { Editor } from '../../../../editor/editor.ts'
import type { Thread } from '../../../../model/comment.ts'
import type { Bounds } from '../../../../model/shapes/geometry.ts'
import { afterPaint } from '../after-paint.ts'
import { type Desk, useDesk } from './desk.ts'
import { isOpen, NO_PIN, nextOf, type Pin, pinHere, placeOf } from './pins.ts'
import { type Begun, placeOfBegun, placeOfNew, threadOf, unsent } from './unsent.ts'
import { useCommentActs, useComments } from './use-comments.ts'

export type Review = ReturnType<typeof useReview>

export function useReview(project_id: number, task_id: number | null, editor: Editor) {
  const [desk, set] = useDesk(task_id)
  const comments = useComments(project_id, task_id)
  const { threads, names, isKnown, isComing, isLoadingError, isRefetchError, refetch } = comments
  const acts = useCommentActs(project_id, task_id ?? 0)
  const shown = threads.filter((thread) => isShown(thread, desk))
  const chosen = threads.find((thread) => thread.id === desk.chosen) ?? null

  const goTo = useCallback(
    (thread: Thread) => {
      const place = placeOf(thread, editor.state())
      if (place) showPlace(editor, { ...place, width: 0, height: 0 })
      if (thread.object_id !== null) editor.select([thread.object_id])
    },
    [editor],
  )
  const latest = useRef({ threads, desk })
  latest.current = { threads, desk }
  const choose = useCallback(
    (id: number) => {
      const { threads, desk } = latest.current
      const thread = threads.find((x) => x.id === id)
      if (!thread) return
      const shows = isShown(thread, desk) ? desk.shows : 'all'
      set({ chosen: id, tab: 'comments', isReplying: false, shows })
      goTo(thread)
    },
    [set, goTo],
  )
  const resolve = useCallback(
    (thread: Thread) => {
      if (!thread.may_resolve) return
      const { threads, desk } = latest.current
      if (isOpen(thread) && desk.shows === 'open') {
        // The next one takes its place, for whoever goes through them by key.
        const others = threads.filter((x) => isOpen(x) && x.id !== thread.id)
        const next = others.find((x) => x.id > thread.id) ?? others[0]
        set({ chosen: next?.id ?? null, isReplying: false })
      }
      acts.resolve({ comment_id: thread.id, is_resolved: isOpen(thread) })
    },
    [set, acts],
  )
  const replyTo = useCallback(
    (id: number | null) => set(id === null ? { isReplying: false } : { chosen: id, isReplying: true, tab: 'comments' }),
    [set],
  )
  /** null: no text is changed any more. */
  const edit = useCallback(
    (editing: number | null) => set(editing === null ? { editing } : { editing, tab: 'comments' }),
    [set],
  )
  /** A new comment is written; `isPlacing`: the next click on the image says where it belongs. */
  const compose = (composing: Pin, isPlacing = false) => {
    unsent.keepPin(placeOfNew(task_id), composing)
    set({ composing, isPlacing, tab: 'comments' })
  }
  const begunPin = () => desk.composing ?? unsent.pinOf(placeOfNew(task_id))
  /** Asked for before the comments have come, it is taken then. */
  const early = useRef<1 | -1 | null>(null)
  const step = (by: 1 | -1) => {
    const next = nextOf(shown, chosen, by)
    if (next) choose(next.id)
    early.current = next || !isComing ? null : by
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: that they have come is what triggers it
  useEffect(() => {
    if (!isComing && early.current !== null) step(early.current)
  }, [isComing])
  return {
    task_id,
    desk,
    set,
    threads,
    shown,
    names,
    isKnown,
    /** There is nothing to show. */
    isFailed: isLoadingError,
    /** What is shown may be old. */
    isOld: isRefetchError,
    reload: () => void refetch(),
    acts,
    chosen,
    choose,
    resolve,
    replyTo,
    edit,
    /** By button: what was begun before; else the selected object, or the next click on the image says where. */
    begin() {
      if (unsent.of(placeOfNew(task_id)) !== '') return compose(begunPin())
      const pin = editor.state().selection.length === 1 ? pinHere(editor.state()) : NO_PIN
      compose(pin, pin.object_id === null)
    },
    /** By key: where the pointer is, unless something was begun and pinned before. */
    beginHere: () => compose(unsent.pinOf(placeOfNew(task_id), pinHere(editor.state()))),
    /** What was begun and not sent has the keyboard again. */
    takeUp(begun: Begun) {
      if (begun.what === 'new') compose(begunPin())
      else {
        choose(begun.what === 'reply' ? begun.id : (threadOf(threads, begun.id)?.id ?? 0))
        if (begun.what === 'reply') replyTo(begun.id)
        else edit(begun.id)
      }
      afterPaint(() => goToComposer(placeOfBegun(task_id, begun)))
    },
    place: (pin: Pin) => compose(pin),
    async send(text: string, key: string) {
      const thread = await acts.write({ ...(desk.composing ?? NO_PIN), text, key })
      set({ chosen: thread?.id ?? null, isPlacing: false, shows: desk.shows === 'resolved' ? 'open' : desk.shows })
    },
    step,
  }
}

const isShown = (thread: Thread, { shows }: Desk): boolean => shows === 'all' || (shows === 'open') === isOpen(thread)

/** Puts the keyboard where a comment is written, if that is shown. */
const goToComposer = (place: string): void =>
  document.querySelector<HTMLElement>(`[data-composer="${place}"] textarea`)?.focus()

/** Moves the image only as far as needed. */
export function showPlace(editor: Editor, bounds: Bounds): void {
  const { view, image, screen } = editor.state()
  const next = showing(view, bounds, image, screen)
  if (next !== view) editor.setView(next)
}

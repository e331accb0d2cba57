// What the browser knows about whether the person is there: input, and whether the window is in front.
import type { HeldTask } from './held-task.ts'

const INPUTS = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const

type Watched = { held(): HeldTask | null; abandon(): void; open(task_id: number): unknown }

/**
 * Feeds the clock of the open task, saves and reports when the person turns to something else, lets go of the task when the tab is closed or reloaded,
 * and tries again when the connection is back.
 */
export function watchPresence(work: Watched): () => void {
  const heldNow = work.held
  const stop = new AbortController()
  const { signal } = stop
  const onInput = () => heldNow()?.clock.input()
  for (const name of INPUTS) window.addEventListener(name, onInput, { signal, capture: true, passive: true })

  let wasInFront = isInFront()
  // A task that was open before is told what changed until somebody listens.
  heldNow()?.clock.visible(wasInFront)
  const onSight = () => {
    const isNow = isInFront()
    const held = heldNow()
    held?.clock.visible(isNow)
    if (wasInFront && !isNow && !held?.loss.get()) held?.settle().catch(() => undefined)
    // Perhaps from signing in elsewhere.
    if (isNow) held?.saver.retryNow()
    wasInFront = isNow
  }
  window.addEventListener('focus', onSight, { signal })
  window.addEventListener('blur', onSight, { signal })
  document.addEventListener('visibilitychange', onSight, { signal })
  window.addEventListener('pagehide', () => work.abandon(), { signal })
  // Out of the browser's back-and-forward cache: the page is as it was left, the task is not held any more.
  const onReturn = (event: PageTransitionEvent) => {
    const held = heldNow()
    if (event.persisted && held) work.open(held.holder.task_id)
  }
  window.addEventListener('pageshow', onReturn, { signal })
  window.addEventListener('online', () => heldNow()?.saver.retryNow(), { signal })
  return () => stop.abort()
}

export const isInFront = (): boolean => document.visibilityState === 'visible' && document.hasFocus()

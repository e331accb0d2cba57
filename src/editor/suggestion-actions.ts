// Accepting and rejecting what models suggest. Both are steps of the history like any other.
import type { Prediction } from '../model/prediction.ts'
import { shapeBounds } from '../model/shapes/index.ts'
import { acceptedObjects } from './commands/accept.ts'
import { clamp, heldInSight, showing } from './coordinates.ts'
import { rejecting } from './document.ts'
import type { Store } from './store.ts'
import { offered, suggestionsFrom } from './suggestions.ts'
import { texts } from './texts.ts'
import type { Workbench } from './workbench.ts'

export function createSuggestionActions(store: Store, bench: Workbench) {
  const { state, set } = store

  /** Brings it into sight, unless it is well visible already. */
  const lookAt = (key: string | null) => {
    const suggestion = offered(state()).find((s) => s.id === key)
    set({ suggestion: suggestion?.id ?? null, selection: suggestion ? [] : state().selection })
    if (!suggestion) return false
    const { view, image, screen } = state()
    const next = showing(view, shapeBounds(suggestion.shape), image, screen)
    if (next !== view) set({ view: heldInSight(next, image, screen), isFitted: false })
    return true
  }
  /** What nobody sees is not decided on: it is shown first. False if it is shown already, or there is nothing. */
  const uncover = () => {
    if (state().hasSuggestions || offered(state()).length === 0) return false
    set({ hasSuggestions: true })
    bench.refuse(texts.notices.predictionsShown)
    return true
  }
  const step = (direction: 1 | -1) => {
    uncover()
    const list = offered(state())
    const at = list.findIndex((s) => s.id === state().suggestion)
    const start = at < 0 ? (direction > 0 ? -1 : list.length) : at
    const next = list[(start + direction + list.length) % list.length]
    return next !== undefined && lookAt(next.id)
  }
  /** Does something with these, then looks at what has come to their place. */
  const decide = (keys: readonly string[], work: (chosen: ReturnType<typeof offered>) => boolean) => {
    if (state().isReadOnly) {
      bench.refuse(texts.notices.readOnly)
      return false
    }
    const list = offered(state())
    const wanted = new Set(keys)
    const chosen = list.filter((s) => wanted.has(s.id))
    if (chosen.length === 0 || bench.isBusy()) return false
    const at = list.findIndex((s) => s.id === state().suggestion)
    bench.leaveTool()
    store.seal()
    if (!work(chosen)) return false
    const rest = offered(state())
    if (at < 0) return true
    const { suggestion } = state()
    lookAt(rest.some((s) => s.id === suggestion) ? suggestion : ((rest[at] ?? rest.at(-1))?.id ?? null))
    return true
  }
  const current = () => (state().suggestion === null ? [] : [state().suggestion as string])
  const accept = (keys: readonly string[]) =>
    decide(keys, (chosen) => {
      const objects = acceptedObjects(chosen, bench.create)
      if (!bench.addObjects(objects)) return false
      // Its attributes can be filled in at once; the brush goes on with what it painted.
      if (state().tool !== 'mask') set({ lastAdded: objects.at(-1)?.id ?? null })
      return true
    })

  return {
    /** What models say about this image, best first. Nothing of the document changes. */
    setPredictions: (predictions: readonly Prediction[]) =>
      set({ predictions: suggestionsFrom(predictions, state().schema), suggestion: null }),
    /** 0…1. */
    setThreshold(threshold: number) {
      set({ threshold: clamp(Math.round(threshold * 100) / 100, 0, 1) })
      if (!offered(state()).some((s) => s.id === state().suggestion)) set({ suggestion: null })
    },
    toggleSuggestions: () => set({ hasSuggestions: !state().hasSuggestions }),
    lookAtSuggestion: lookAt,
    nextSuggestion: step,
    /** The one that is looked at, if no others are named; if there is none, looks at the first. */
    acceptSuggestions: (keys: readonly string[] = current()) =>
      keys.length === 0 ? step(1) : uncover() || accept(keys),
    acceptAllSuggestions: () => uncover() || accept(offered(state()).map((s) => s.id)),
    rejectSuggestions: (keys: readonly string[] = current()) =>
      keys.length === 0
        ? step(1)
        : uncover() ||
          decide(keys, (chosen) =>
            store.commit(
              rejecting(
                state().document,
                chosen.map((s) => s.id),
              ),
            ),
          ),
  }
}

// What models say about the open task, handed to the editor; which model and which threshold are remembered per project.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Editor } from '../../../../editor/editor.ts'
import { useEditor } from '../../../../editor/view/use-editor.ts'
import { api } from '../../../api.ts'
import { remember, remembered } from '../../../browser-storage.ts'
import type { ReplyOf } from '../../../queries.ts'
import { useSettled } from '../use-settled.ts'
import type { Work } from '../work.ts'
import { taskOf } from '../work-state.ts'

export type PredictionSet = ReplyOf<'get_task_predictions'>['sets'][number]
export type Predictions = ReturnType<typeof usePredictions>

const NO_SETS: readonly PredictionSet[] = []
const NO_PREDICTIONS: PredictionSet['predictions'] = []
const thresholdKey = (project_id: number) => `pixlhub-threshold-${project_id}`
const modelKey = (project_id: number) => `pixlhub-model-${project_id}`
const nameOf = ({ model, version }: PredictionSet) => JSON.stringify([model, version])

/** For a frame the page is about the last task still: what models say about that one is nothing of the next. */
export const predictionsFor = ({ state }: Pick<Work, 'state'>, task_id: number | null, set: PredictionSet | null) =>
  (task_id === taskOf(state.get())?.id && set?.predictions) || NO_PREDICTIONS

/** @param isComparing then predictions would hide what differs: there are none */
export function usePredictions(project_id: number, task_id: number | null, work: Work, isComparing: boolean) {
  const { editor } = work
  const isSettled = useSettled(task_id)
  const { data, isLoadingError, refetch } = useQuery({
    queryKey: ['project', project_id, 'task-predictions', task_id],
    queryFn: ({ signal }) => api.get_task_predictions({ project_id, task_id: task_id ?? 0 }, { signal }),
    enabled: task_id !== null && isSettled,
  })
  const [model, setModel] = useState(() => remembered(modelKey(project_id)))
  const sets = (!isComparing && data?.sets) || NO_SETS
  const chosen = sets.find((s) => nameOf(s) === model) ?? sets[0] ?? null
  // Another document in the editor, also of the same task, begins without predictions.
  const image = useEditor(editor, (s) => s.image)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the image says that something was loaded
  useEffect(() => {
    editor.setPredictions(predictionsFor(work, task_id, chosen))
  }, [work, task_id, chosen, image])
  useKeptThreshold(project_id, editor)
  const choose = (set: PredictionSet) => {
    setModel(nameOf(set))
    remember(modelKey(project_id), nameOf(set))
  }
  return { sets, chosen, choose, isFailed: isLoadingError && !isComparing, reload: () => void refetch() }
}

function useKeptThreshold(project_id: number, editor: Editor): void {
  useEffect(() => {
    const kept = Number(remembered(thresholdKey(project_id)) ?? Number.NaN)
    if (kept >= 0 && kept <= 1) editor.setThreshold(kept)
    let known = editor.state().threshold
    return editor.subscribe(() => {
      const { threshold } = editor.state()
      if (threshold === known) return
      known = threshold
      remember(thresholdKey(project_id), String(threshold))
    })
  }, [project_id, editor])
}

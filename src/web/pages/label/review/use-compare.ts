// What is compared: the document on the screen with a revision of the task.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { EMPTY_DOCUMENT } from '../../../../editor/document.ts'
import type { Editor } from '../../../../editor/editor.ts'
import { useEditor } from '../../../../editor/view/use-editor.ts'
import { type Comparison, compare } from '../../../../model/compare.ts'
import { usualBase } from '../../../../model/revisions.ts'
import { api } from '../../../api.ts'

const revisionsQuery = (project_id: number, task_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'revisions', task_id],
    queryFn: ({ signal }) => api.list_revisions({ project_id, task_id }, { signal }),
  })

/** A revision never changes. */
const revisionQuery = (project_id: number, task_id: number, revision_id: number) =>
  queryOptions({
    queryKey: ['project', project_id, 'revision', task_id, revision_id],
    queryFn: ({ signal }) => api.get_revision({ project_id, task_id, revision_id }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export function useRevisions(project_id: number, task_id: number, isEnabled = true) {
  return useQuery({ ...revisionsQuery(project_id, task_id), enabled: isEnabled, staleTime: 60_000 }).data
}

export type Compare = ReturnType<typeof useCompare>

export function useCompare(project_id: number, task_id: number, editor: Editor) {
  const revisions = useQuery(revisionsQuery(project_id, task_id))
  const [chosen, setChosen] = useState<{ task_id: number; revision_id: number | null } | null>(null)
  const usual = revisions.data ? usualBase(revisions.data) : null
  const base = chosen?.task_id === task_id ? chosen : usual
  const revision_id = base?.revision_id ?? null
  const revision = useQuery({ ...revisionQuery(project_id, task_id, revision_id ?? 0), enabled: revision_id !== null })
  const before = base === null ? null : revision_id === null ? EMPTY_DOCUMENT : (revision.data?.document ?? null)
  const after = useEditor(editor, (s) => s.document)
  const comparison = useMemo((): Comparison | null => before && compare(before, after), [before, after])
  return {
    revisions: revisions.data ?? null,
    error: revisions.error ?? revision.error,
    base,
    comparison,
    choose: (revision_id: number | null) => setChosen({ task_id, revision_id }),
  }
}

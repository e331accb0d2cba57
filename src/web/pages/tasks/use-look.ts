// Names and colours behind ids, from everything the page has loaded.
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { batchesQuery, membersQuery, type ReplyOf, schemaQuery } from '../../queries.ts'
import { useProject } from '../../session.tsx'
import type { TableLook } from './cells/look.ts'
import type { FilterContext } from './filter/choices.ts'
import type { TaskRows } from './grid/row-source.ts'

export function useLook(
  source: TaskRows,
  rowHeight: number,
  summary: ReplyOf<'get_task_summary'> | undefined,
): { look: TableLook; context: FilterContext } {
  const { t } = useTranslation()
  const { id: project_id, stages } = useProject()
  const batches = useQuery(batchesQuery(project_id)).data
  const schema = useQuery(schemaQuery(project_id)).data?.schema
  const members = useQuery(membersQuery(project_id)).data
  const known = summary?.people

  // One text for the people: a poll that brings the same names must not draw every row again.
  const people = useMemo(
    () => new Map([...(known ?? []), ...(members ?? [])].map((p) => [p.id, p.name])),
    [known, members],
  )
  const peopleKey = JSON.stringify([...people])
  // biome-ignore lint/correctness/useExhaustiveDependencies: peopleKey stands for people
  return useMemo(() => {
    const stageOf = new Map(stages.map((s) => [s.id, s]))
    const batchOf = new Map((batches ?? []).map((b) => [b.id, b.name]))
    const classOf = new Map((schema?.classes ?? []).map((c) => [c.id, c]))
    const personName = (id: number) => source.people.get(id) ?? people.get(id)
    const look: TableLook = {
      project_id,
      rowHeight,
      t,
      stage: (id) => stageOf.get(id),
      person: (id) => personName(id) ?? t('tasks.somebody'),
      batch: (id) => batchOf.get(id) ?? (batches ? `#${id}` : '…'),
      class: (id) => classOf.get(id),
    }
    const context: FilterContext = {
      workflow: stages,
      people: [...people].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name)),
      batches: batches ?? [],
      schema,
      names: {
        stage: (id) => stageOf.get(id)?.name,
        person: personName,
        batch: (id) => batchOf.get(id),
        class: (id) => classOf.get(id)?.name,
      },
    }
    return { look, context }
  }, [project_id, rowHeight, t, stages, batches, schema, source, peopleKey])
}

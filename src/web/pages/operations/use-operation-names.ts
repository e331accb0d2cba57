// The names that an operation's parameters need to be told in words.
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { batchesQuery, membersQuery } from '../../queries.ts'
import { useProject } from '../../session.tsx'
import type { OperationNames } from './operation-words.ts'

export function useOperationNames(): OperationNames {
  const { id, stages } = useProject()
  const members = useQuery(membersQuery(id)).data
  const batches = useQuery(batchesQuery(id)).data
  return useMemo(
    () => ({
      stage: (stage_id) => stages.find((s) => s.id === stage_id)?.name,
      person: (person_id) => members?.find((m) => m.id === person_id)?.name,
      batch: (batch_id) => batches?.find((b) => b.id === batch_id)?.name,
    }),
    [stages, members, batches],
  )
}

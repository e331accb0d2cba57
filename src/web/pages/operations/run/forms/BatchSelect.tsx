// A batch of the project, none, or a new one: a name that no batch has yet is made one with a press.
import { Select } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { batchesQuery } from '../../../../queries.ts'
import { useProjectId } from '../../../../session.tsx'
import { useAct } from '../../../../use-act.ts'
import { makeBatch } from './make-batch.ts'

const NONE = 'none'
const NEW = 'new'

type Props = {
  value: number | null | undefined
  batches: readonly { id: number; name: string }[]
  onChange: (id: number | null) => void
}

export function BatchSelect({ value, batches, onChange }: Props) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const client = useQueryClient()
  const [typed, setTyped] = useState('')
  const make = useAct(
    async (name: string) => {
      const made = await makeBatch(client, project_id, name)
      await client.invalidateQueries({ queryKey: batchesQuery(project_id).queryKey })
      return made
    },
    { onDone: ({ id }) => onChange(id) },
  )
  const choices = [
    { value: NONE, label: t('operations.run.no_batch') },
    ...batches.map((b) => ({ value: String(b.id), label: b.name })),
  ]
  const name = typed.trim()
  const isNew = name !== '' && !choices.some((c) => c.label.toLowerCase() === name.toLowerCase())
  const choose = (chosen: string | null) => {
    if (chosen === NEW) make.mutate(name, { onError: () => setTyped(name) })
    else if (chosen !== null) onChange(chosen === NONE ? null : Number(chosen))
  }
  return (
    <Select
      label={t('operations.run.batch')}
      description={t('operations.run.batch_hint')}
      placeholder={t('operations.run.choose_batch')}
      searchable
      maxLength={120}
      data-autofocus
      disabled={make.isPending}
      data={isNew ? [...choices, { value: NEW, label: t('operations.run.new_batch', { name }) }] : choices}
      searchValue={typed}
      onSearchChange={setTyped}
      value={value === undefined ? null : value === null ? NONE : String(value)}
      onChange={choose}
    />
  )
}

// Batches: named groups of tasks, with their progress; each leads to its tasks.
import { ActionIcon, Button, Stack, Table, TextInput, VisuallyHidden } from '@mantine/core'
import { IconBoxMultiple, IconPencil, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { formatNumber } from '../../format.ts'
import { batchesQuery, type ReplyOf } from '../../queries.ts'
import { useMay, useProjectId } from '../../session.tsx'
import { filterOf } from '../../task-search.ts'
import { Age } from '../../ui/Age.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormError } from '../../ui/ErrorState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { ProgressCell } from '../../ui/ProgressCell.tsx'
import { useAct } from '../../use-act.ts'
import { useFields } from '../../use-fields.ts'
import { TasksLink } from '../overview/TasksLink.tsx'

type Batch = ReplyOf<'list_batches'>[number]

export default function BatchesPage() {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const mayManage = useMay('manage_project')
  const [edited, setEdited] = useState<Batch | 'new' | null>(null)
  const batches = useQuery(batchesQuery(project_id))
  const create = mayManage && (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setEdited('new')}>
      {t('batches.create')}
    </Button>
  )
  return (
    <Page title={t('batches.title')} actions={(batches.data?.length ?? 0) > 0 && create}>
      <Loaded query={batches}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon={<IconBoxMultiple size={28} stroke={1.5} />} title={t('batches.empty')} action={create}>
              {t('batches.empty_text')}
            </EmptyState>
          ) : (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('field.name')}</Table.Th>
                  <Table.Th w={280}>{t('batches.progress')}</Table.Th>
                  <Table.Th w={120} ta="right">
                    {t('field.tasks')}
                  </Table.Th>
                  <Table.Th w={110}>{t('field.created')}</Table.Th>
                  {mayManage && (
                    <Table.Th w={50}>
                      <VisuallyHidden>{t('action.rename')}</VisuallyHidden>
                    </Table.Th>
                  )}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {list.map((b) => (
                  <Table.Tr key={b.id}>
                    <Table.Td fw={500}>
                      <TasksLink filter={filterOf({ field: 'batch_id', op: 'any_of', value: [b.id] })}>
                        {b.name}
                      </TasksLink>
                    </Table.Td>
                    <Table.Td>
                      <ProgressCell done={b.completed_count} total={b.task_count} label={b.name} />
                    </Table.Td>
                    <Table.Td ta="right">{formatNumber(b.task_count)}</Table.Td>
                    <Table.Td>
                      <Age moment={b.created_at} />
                    </Table.Td>
                    {mayManage && (
                      <Table.Td>
                        <ActionIcon aria-label={`${t('batches.rename')}: ${b.name}`} onClick={() => setEdited(b)}>
                          <IconPencil size={15} stroke={1.6} />
                        </ActionIcon>
                      </Table.Td>
                    )}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
      {edited && (
        <Dialog onClose={() => setEdited(null)} title={edited === 'new' ? t('batches.create') : t('batches.rename')}>
          <BatchForm batch={edited === 'new' ? null : edited} onDone={() => setEdited(null)} />
        </Dialog>
      )}
    </Page>
  )
}

function BatchForm({ batch, onDone }: { batch: Batch | null; onDone: () => void }) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const { values, text } = useFields({ name: batch?.name ?? '' })
  const save = useAct(
    () =>
      batch
        ? api.rename_batch({ project_id, batch_id: batch.id, name: values.name })
        : api.create_batch({ project_id, name: values.name }),
    { refreshes: [batchesQuery(project_id).queryKey], isErrorShown: true, onDone },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('field.name')}
          required
          withAsterisk={false}
          maxLength={120}
          data-autofocus
          {...text('name')}
        />
        <FormError error={save.error} />
        <Button
          type="submit"
          loading={save.isPending}
          disabled={values.name.trim() === ''}
          style={{ alignSelf: 'flex-end' }}
        >
          {batch ? t('batches.rename') : t('batches.create')}
        </Button>
      </Stack>
    </form>
  )
}

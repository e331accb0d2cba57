// Which models have predictions here; each set can be deleted, and what people accepted of it stays.
import { Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { formatNumber } from '../../format.ts'
import { predictionSetsQuery } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { Age } from '../../ui/Age.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { useAct } from '../../use-act.ts'

export function PredictionSets() {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const { data: sets = [] } = useQuery(predictionSetsQuery(project_id))
  const remove = useAct((set_id: number) => api.delete_prediction_set({ project_id, set_id }), {
    refreshes: [predictionSetsQuery(project_id).queryKey],
    done: t('predictions.deleted'),
  })
  if (sets.length === 0) return null
  return (
    <section aria-label={t('predictions.title')}>
      <Title order={2} size="h4" mb={8}>
        {t('predictions.title')}
      </Title>
      <Table mb={28}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('predictions.model')}</Table.Th>
            <Table.Th>{t('predictions.version')}</Table.Th>
            <Table.Th ta="right">{t('predictions.task_count')}</Table.Th>
            <Table.Th ta="right">{t('predictions.prediction_count')}</Table.Th>
            <Table.Th>{t('imports.by')}</Table.Th>
            <Table.Th>{t('predictions.updated')}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sets.map((set) => (
            <Table.Tr key={set.id}>
              <Table.Td fw={500}>{set.model}</Table.Td>
              <Table.Td>{set.version || '–'}</Table.Td>
              <Table.Td ta="right">{formatNumber(set.task_count)}</Table.Td>
              <Table.Td ta="right">{formatNumber(set.prediction_count)}</Table.Td>
              <Table.Td>{set.created_by_name}</Table.Td>
              <Table.Td>
                <Age moment={set.updated_at} />
              </Table.Td>
              <Table.Td ta="right">
                {set.is_going ? (
                  <Text size="sm" c="dimmed">
                    {t('predictions.going')}
                  </Text>
                ) : (
                  <ConfirmButton
                    question={t('predictions.delete_question', { count: set.prediction_count })}
                    act={t('predictions.delete')}
                    aria-label={`${t('predictions.delete')} ${set.model} ${set.version}`}
                    onConfirm={() => remove.mutate(set.id)}
                  >
                    {t('predictions.delete')}
                  </ConfirmButton>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

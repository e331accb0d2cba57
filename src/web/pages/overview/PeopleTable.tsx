// Who does what: open now, assigned, completed, time; each number leads to the tasks.
import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatDuration, formatNumber } from '../../format.ts'
import type { ReplyOf } from '../../queries.ts'
import { filterOf } from '../../task-search.ts'
import { Section } from '../../ui/Page.tsx'
import { PersonName } from '../../ui/PersonAvatar.tsx'
import classes from './overview.module.css'
import { TasksLink } from './TasksLink.tsx'

export function PeopleTable({ people }: { people: ReplyOf<'get_task_summary'>['people'] }) {
  const { t } = useTranslation()
  return (
    <Section title={t('overview.people')}>
      {people.length === 0 ? (
        <Text c="dimmed">{t('overview.no_people')}</Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('field.person')}</Table.Th>
              <Table.Th ta="right">{t('overview.open_now')}</Table.Th>
              <Table.Th ta="right">{t('overview.assigned')}</Table.Th>
              <Table.Th ta="right">{t('overview.completed')}</Table.Th>
              <Table.Th ta="right">{t('overview.person_time')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.map((p) => {
              const mine = { field: 'assignee_id', op: 'any_of', value: [p.id] } as const
              const labelled = { field: 'labelled_by_id', op: 'any_of', value: [p.id] } as const
              return (
                <Table.Tr key={p.id}>
                  <Table.Td>
                    <PersonName id={p.id} name={p.name} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Linked
                      n={p.open}
                      filter={filterOf(mine, { field: 'is_open', op: 'equals', value: true })}
                      label={`${p.name}, ${t('overview.open_now')}`}
                    />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Linked n={p.assigned} filter={filterOf(mine)} label={`${p.name}, ${t('overview.assigned')}`} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Linked
                      n={p.completed}
                      filter={filterOf(labelled, { field: 'completed_at', op: 'is_not_empty' })}
                      label={`${p.name}, ${t('overview.completed')}`}
                    />
                  </Table.Td>
                  <Table.Td ta="right">{formatDuration(p.duration_ms)}</Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  )
}

function Linked({ n, filter, label }: { n: number; filter: Parameters<typeof TasksLink>[0]['filter']; label: string }) {
  if (n === 0) return <span className={classes.zero}>0</span>
  return (
    <TasksLink filter={filter} aria-label={`${label}: ${formatNumber(n)}`}>
      {formatNumber(n)}
    </TasksLink>
  )
}

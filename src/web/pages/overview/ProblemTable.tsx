// What people reported about images and nobody has dealt with; each leads to its task, where it is resolved.
import { Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { openProblemsQuery } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { filterOf } from '../../task-search.ts'
import { Age } from '../../ui/Age.tsx'
import { Section } from '../../ui/Page.tsx'
import { PersonName } from '../../ui/PersonAvatar.tsx'
import { TextLink } from '../../ui/TextLink.tsx'

export function ProblemTable() {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const found = useQuery(openProblemsQuery(project_id)).data
  if (!found || found.total === 0) return null
  const isCut = found.total > found.problems.length
  return (
    <Section title={t('overview.problems', { count: found.total })}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('overview.image')}</Table.Th>
            <Table.Th>{t('overview.problem')}</Table.Th>
            <Table.Th>{t('overview.reported_by')}</Table.Th>
            <Table.Th ta="right">{t('overview.reported')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {found.problems.map((p) => (
            <Table.Tr key={p.id}>
              <Table.Td>
                <TextLink
                  to="/projects/$project_id/tasks"
                  params={{ project_id: String(project_id) }}
                  search={{ filter: filterOf({ field: 'id', op: 'any_of', value: [p.task_id] }), task: p.task_id }}
                >
                  {p.name}
                </TextLink>
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {t(`problem.${p.reason}`)}
                {p.note && `: ${p.note}`}
              </Table.Td>
              <Table.Td>
                <PersonName
                  id={p.reported_by_id}
                  name={found.people.find((x) => x.id === p.reported_by_id)?.name ?? ''}
                />
              </Table.Td>
              <Table.Td ta="right">
                <Age moment={p.reported_at} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {isCut && t('overview.problems_cut', { count: found.problems.length })}
    </Section>
  )
}

// The projects of the chosen organization, each with its progress.
import { Badge, Button, Table, TextInput } from '@mantine/core'
import { IconFolders, IconPlus, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { formatNumber } from '../../format.ts'
import { useOrganization } from '../../frame/organization.ts'
import { type ProjectSummary, projectsQuery } from '../../queries.ts'
import { useMayInOrganization } from '../../session.tsx'
import { Age } from '../../ui/Age.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { lazyPart, usePreload } from '../../ui/lazy-part.tsx'
import { Page } from '../../ui/Page.tsx'
import { ProgressCell } from '../../ui/ProgressCell.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { useAct } from '../../use-act.ts'

const CreateProject = lazyPart(() => import('./CreateProject.tsx'))
const PARTS = [CreateProject]

/** From so many projects on, a search field is shown. */
const SEARCH_FROM = 8

export default function ProjectsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { create } = useSearch({ from: '/app/projects' })
  const { organization } = useOrganization()
  usePreload(PARTS)
  const [query, setQuery] = useState('')
  const projects = useQuery(projectsQuery)
  const mayCreate = useMayInOrganization(organization?.id ?? null, 'create_project')
  const openCreate = (isOpen: boolean) => void navigate({ to: '/projects', search: isOpen ? { create: true } : {} })
  const mine = (list: ProjectSummary[]) => list.filter((p) => p.organization_id === organization?.id)
  return (
    <Page
      title={t('projects.title')}
      actions={
        <>
          {mine(projects.data ?? []).length >= SEARCH_FROM && (
            <TextInput
              placeholder={t('projects.find')}
              aria-label={t('projects.find')}
              leftSection={<IconSearch size={14} />}
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
            />
          )}
          {mayCreate && (
            <Button leftSection={<IconPlus size={14} />} onClick={() => openCreate(true)}>
              {t('projects.create')}
            </Button>
          )}
        </>
      }
    >
      <Loaded query={projects}>
        {(list) =>
          mine(list).length === 0 ? (
            <NoProjects
              organization_id={organization?.id ?? null}
              mayCreate={mayCreate}
              onCreate={() => openCreate(true)}
            />
          ) : (
            <ProjectTable
              projects={mine(list).filter((p) => p.name.toLowerCase().includes(query.trim().toLowerCase()))}
              query={query}
            />
          )
        }
      </Loaded>
      {organization && create === true && mayCreate && (
        <CreateProject organization_id={organization.id} onClose={() => openCreate(false)} />
      )}
    </Page>
  )
}

function ProjectTable({ projects, query }: { projects: ProjectSummary[]; query: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  if (projects.length === 0) return <EmptyState title={t('projects.nothing_fits', { query })} />
  return (
    <Table highlightOnHover verticalSpacing={9}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('field.name')}</Table.Th>
          <Table.Th w={280}>{t('projects.progress')}</Table.Th>
          <Table.Th w={120} ta="right">
            {t('field.tasks')}
          </Table.Th>
          <Table.Th w={120}>{t('projects.my_role')}</Table.Th>
          <Table.Th w={110}>{t('field.created')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {projects.map((p) => (
          <Table.Tr
            key={p.id}
            style={{ cursor: 'pointer' }}
            onClick={({ target, ctrlKey, metaKey }) => {
              // The name is a link and goes by itself, into another tab too.
              if (ctrlKey || metaKey || (target as Element).closest('a')) return
              void navigate({ to: '/projects/$project_id', params: { project_id: String(p.id) } })
            }}
          >
            <Table.Td>
              <TextLink
                to="/projects/$project_id"
                params={{ project_id: String(p.id) }}
                fw={500}
                c="var(--mantine-color-text)"
              >
                {p.name}
              </TextLink>
              {p.is_sample && (
                <Badge ml={8} variant="default">
                  {t('projects.sample')}
                </Badge>
              )}
              {p.description && (
                <div
                  style={{
                    color: 'var(--text-quiet)',
                    fontSize: 12,
                    maxWidth: 560,
                    overflow: 'hidden',
                    textOverflow: 'ellipsis',
                    whiteSpace: 'nowrap',
                  }}
                >
                  {p.description}
                </div>
              )}
            </Table.Td>
            <Table.Td>
              <ProgressCell done={p.completed_count} total={p.task_count} label={p.name} />
            </Table.Td>
            <Table.Td ta="right">{formatNumber(p.task_count)}</Table.Td>
            <Table.Td>{t(`role.${p.role}`)}</Table.Td>
            <Table.Td>
              <Age moment={p.created_at} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

type NoProjectsProps = { organization_id: number | null; mayCreate: boolean; onCreate: () => void }

function NoProjects({ organization_id, mayCreate, onCreate }: NoProjectsProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const sample = useAct(() => api.create_sample_project({ organization_id: organization_id ?? 0 }), {
    refreshes: [projectsQuery.queryKey],
    onDone: (project) => void navigate({ to: '/projects/$project_id', params: { project_id: String(project.id) } }),
  })
  const icon = <IconFolders size={28} stroke={1.5} />
  if (!mayCreate)
    return (
      <EmptyState icon={icon} title={t('projects.empty')}>
        {t('projects.empty_member')}
      </EmptyState>
    )
  return (
    <EmptyState
      icon={icon}
      title={t('projects.empty')}
      action={
        <>
          <Button loading={sample.isPending} onClick={() => sample.mutate()}>
            {t('projects.load_sample')}
          </Button>
          <Button variant="default" leftSection={<IconPlus size={14} />} disabled={sample.isPending} onClick={onCreate}>
            {t('projects.create')}
          </Button>
        </>
      }
    >
      {t('projects.empty_text')}
      {sample.isPending && <div role="status">{t('projects.loading_sample')}</div>}
    </EmptyState>
  )
}

// The left rail: organization, projects; inside a project its sections, each only for those who may use it.
import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconFolders, IconLayoutSidebar, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, type LinkProps, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Tip } from '../../editor/view/Tip.tsx'
import { mayInOrganization } from '../../model/permission.ts'
import { type Project, projectsQuery } from '../queries.ts'
import { useOpenProject } from '../session.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { useMenu } from '../ui/use-menu.ts'
import classes from './frame.module.css'
import { Mark } from './Mark.tsx'
import { useOrganization } from './organization.ts'
import { sectionPath, sectionsOf } from './sections.ts'

const OrganizationItems = lazyPart(() => import('./OrganizationItems.tsx'))

const RECENT_PROJECTS = 20

export function Rail({ isCollapsed, onToggle }: { isCollapsed: boolean; onToggle: (() => void) | null }) {
  const { t } = useTranslation()
  const project = useOpenProject()
  const { organization } = useOrganization()
  // While a project is on its way, too.
  const isInProject = useParams({ strict: false }).project_id !== undefined
  return (
    <nav className={classes.rail} aria-label={t('nav.main')}>
      <div className={classes.railTop}>
        <OrganizationSwitcher isCollapsed={isCollapsed} />
      </div>
      <div className={classes.railList}>
        <Item
          isCollapsed={isCollapsed}
          icon={<IconFolders size={16} stroke={1.6} />}
          label={t('nav.projects')}
          to="/projects"
          isExact
        />
        {organization && mayInOrganization(organization.role, 'manage_members') && (
          <Item
            isCollapsed={isCollapsed}
            icon={<IconUsers size={16} stroke={1.6} />}
            label={t('nav.people')}
            to="/organization/$organization_id/members"
            params={{ organization_id: String(organization.id) }}
          />
        )}
        {project ? (
          <ProjectSections project={project} isCollapsed={isCollapsed} />
        ) : (
          !isCollapsed && organization && !isInProject && <ProjectLinks organization_id={organization.id} />
        )}
      </div>
      {onToggle && (
        <div className={classes.railFoot}>
          <Tip label={isCollapsed ? t('nav.expand') : t('nav.collapse')} position="right">
            <ActionIcon
              onClick={onToggle}
              aria-label={isCollapsed ? t('nav.expand') : t('nav.collapse')}
              aria-expanded={!isCollapsed}
            >
              <IconLayoutSidebar size={16} stroke={1.6} />
            </ActionIcon>
          </Tip>
        </div>
      )}
    </nav>
  )
}

function ProjectSections({ project, isCollapsed }: { project: Project; isCollapsed: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      {isCollapsed ? <div className={classes.railGap} /> : <span className={classes.railTitle}>{project.name}</span>}
      {sectionsOf(project.role).map(({ name, icon: Icon }) => (
        <Item
          key={name}
          isCollapsed={isCollapsed}
          icon={<Icon size={16} stroke={1.6} />}
          label={t(`section.${name}`)}
          to={sectionPath(name)}
          params={{ project_id: String(project.id) }}
        />
      ))}
    </>
  )
}

/** Outside a project: the newest projects, one click away. */
function ProjectLinks({ organization_id }: { organization_id: number }) {
  const { t } = useTranslation()
  const { data = [] } = useQuery(projectsQuery)
  const mine = data.filter((p) => p.organization_id === organization_id).slice(0, RECENT_PROJECTS)
  if (mine.length === 0) return null
  return (
    <>
      <span className={classes.railTitle}>{t('nav.recent')}</span>
      {mine.map((p) => (
        <Link key={p.id} className={classes.item} to="/projects/$project_id" params={{ project_id: String(p.id) }}>
          <span>{p.name}</span>
        </Link>
      ))}
    </>
  )
}

type ItemProps = { icon: ReactNode; label: string; isCollapsed: boolean; isExact?: boolean } & Pick<
  LinkProps,
  'to' | 'params'
>

function Item({ icon, label, isCollapsed, isExact = false, to, params }: ItemProps) {
  return (
    <Tip label={label} position="right" isDisabled={!isCollapsed} delay={0}>
      <Link
        className={classes.item}
        to={to}
        params={params as never}
        activeOptions={{ exact: isExact }}
        aria-label={label}
      >
        {icon}
        {!isCollapsed && <span>{label}</span>}
      </Link>
    </Tip>
  )
}

function OrganizationSwitcher({ isCollapsed }: { isCollapsed: boolean }) {
  const { t } = useTranslation()
  const { organization } = useOrganization()
  const { button, items } = useMenu(OrganizationItems)
  const name = organization?.name ?? 'PixlHub'
  return (
    <>
      <UnstyledButton {...button} className={classes.switcher} aria-label={t('nav.organization', { name })}>
        <Mark />
        {!isCollapsed && (
          <>
            <span>{name}</span>
            <IconChevronDown size={13} />
          </>
        )}
      </UnstyledButton>
      {items && <OrganizationItems {...items} />}
    </>
  )
}

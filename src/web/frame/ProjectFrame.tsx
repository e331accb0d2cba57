// Around the pages of a project: keeps those out who may not use the section, and what others change up to date.
import { Outlet, useLocation } from '@tanstack/react-router'
import { ApiError } from '../../contract/client.ts'
import { mayInProject } from '../../model/permission.ts'
import { useLive } from '../live/use-live.ts'
import { useProject } from '../session.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { SECTIONS } from './sections.ts'

const NO_RIGHTS = new ApiError(403, { code: 'not_allowed' })

export function ProjectFrame() {
  const project = useProject()
  const { pathname } = useLocation()
  useLive(mayInProject(project.role, 'view_tasks') === true ? project.id : null)
  const section = SECTIONS.find((s) => s.name === pathname.split('/').at(3))
  if (section && mayInProject(project.role, section.action) !== true) return <ErrorState isPage error={NO_RIGHTS} />
  // A new project is a new page: no state of the last one stays.
  return <Outlet key={project.id} />
}

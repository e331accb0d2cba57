// Who is signed in, which project is open, and what this person may do there.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { mayInOrganization, mayInProject, type OrganizationAction, type ProjectAction } from '../model/permission.ts'
import { type Project, projectQuery, type Session, sessionQuery } from './queries.ts'

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data
}

/** The signed-in person. Only inside the frame, whose route has made sure of it. */
export function useMe() {
  const { person } = useSession()
  if (!person) throw new Error('Nobody is signed in.')
  return person
}

/** The project id of the URL; null outside a project. */
export function useOpenProjectId(): number | null {
  const params = useParams({ strict: false }) as { project_id?: string | number }
  const id = Number(params.project_id)
  return Number.isSafeInteger(id) && id > 0 ? id : null
}

/** The project id of the URL. Only on pages of a project. */
export function useProjectId(): number {
  const id = useOpenProjectId()
  if (id === null) throw new Error('This page belongs to a project.')
  return id
}

/** The open project, already loaded by its route. */
export function useProject(): Project {
  return useSuspenseQuery(projectQuery(useProjectId())).data
}

/** True if the person may do this in the open project; `own` rights count as no right to the whole page. */
export function useMay(action: ProjectAction): boolean {
  return mayInProject(useProject().role, action) === true
}

/** The project of the URL if there is one and it is loaded; for the frame. */
export function useOpenProject(): Project | null {
  const id = useOpenProjectId()
  return useQuery({ ...projectQuery(id ?? 0), enabled: id !== null }).data ?? null
}

export function useMayInOrganization(organization_id: number | null, action: OrganizationAction): boolean {
  const organization = useSession().organizations.find((o) => o.id === organization_id)
  return organization ? mayInOrganization(organization.role, action) : false
}

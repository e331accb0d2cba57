// All routes. Each page is loaded when it is first opened; hovering a link loads it ahead.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { queryClient } from './api.ts'
import { Frame } from './frame/Frame.tsx'
import { ProjectFrame } from './frame/ProjectFrame.tsx'
import { landingOf, sectionPath } from './frame/sections.ts'
import { projectQuery, sessionQuery } from './queries.ts'
import { parseTaskSearch } from './task-search.ts'
import { ErrorState } from './ui/ErrorState.tsx'
import { PageSkeleton } from './ui/Skeletons.tsx'
import { NotFound } from './ui/NotFound.tsx'

const root = createRootRoute({ notFoundComponent: NotFound })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => (isOwnPath(search.next) ? { next: search.next } : {}),
  component: lazyRouteComponent(() => import('./pages/sign-in/SignInPage.tsx')),
})
const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up/$token',
  component: lazyRouteComponent(() => import('./pages/sign-in/SetUpPage.tsx')),
})
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite/$token',
  component: lazyRouteComponent(() => import('./pages/sign-in/InvitePage.tsx')),
})

/** Everything for people who are signed in. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery)
    if (!session.person) throw redirect({ to: '/sign-in', search: { next: location.href } })
  },
  component: Frame,
})
const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/projects' })
  },
})
const projects = createRoute({
  getParentRoute: () => app,
  path: '/projects',
  validateSearch: (search: Record<string, unknown>): { create?: true } => (search.create ? { create: true } : {}),
  component: lazyRouteComponent(() => import('./pages/projects/ProjectsPage.tsx')),
})
const account = createRoute({
  getParentRoute: () => app,
  path: '/account',
  component: lazyRouteComponent(() => import('./pages/account/AccountPage.tsx')),
})
const organizationMembers = createRoute({
  getParentRoute: () => app,
  path: '/organization/$organization_id/members',
  component: lazyRouteComponent(() => import('./pages/organization/OrganizationMembersPage.tsx')),
})

const project = createRoute({
  getParentRoute: () => app,
  path: '/projects/$project_id',
  loader: ({ params }) => queryClient.ensureQueryData(projectQuery(Number(params.project_id))),
  component: ProjectFrame,
})
const projectHome = createRoute({
  getParentRoute: () => project,
  path: '/',
  beforeLoad: async ({ params }) => {
    const { role } = await queryClient.ensureQueryData(projectQuery(Number(params.project_id)))
    throw redirect({ to: sectionPath(landingOf(role)), params })
  },
})
const overview = createRoute({
  getParentRoute: () => project,
  path: '/overview',
  component: lazyRouteComponent(() => import('./pages/overview/OverviewPage.tsx')),
})
const tasks = createRoute({
  getParentRoute: () => project,
  path: '/tasks',
  validateSearch: parseTaskSearch,
  component: lazyRouteComponent(() => import('./pages/tasks/TasksPage.tsx')),
})
const assets = createRoute({
  getParentRoute: () => project,
  path: '/assets',
  validateSearch: (search: Record<string, unknown>): { name?: string; view?: 'list' } => ({
    ...(typeof search.name === 'string' && search.name !== '' ? { name: search.name } : {}),
    ...(search.view === 'list' ? { view: 'list' as const } : {}),
  }),
  component: lazyRouteComponent(() => import('./pages/assets/AssetsPage.tsx')),
})

/** `task`: open this one instead of the next of the queue. */
const workSearch = (search: Record<string, unknown>): { task?: number } =>
  typeof search.task === 'number' ? { task: search.task } : {}
const LabelPage = lazyRouteComponent(() => import('./pages/label/LabelPage.tsx'))
const label = createRoute({
  getParentRoute: () => project,
  path: '/label',
  validateSearch: workSearch,
  component: () => <LabelPage kind="label" />,
})
const review = createRoute({
  getParentRoute: () => project,
  path: '/review',
  validateSearch: workSearch,
  component: () => <LabelPage kind="review" />,
})
const schema = createRoute({
  getParentRoute: () => project,
  path: '/schema',
  component: lazyRouteComponent(() => import('./pages/schema/SchemaPage.tsx')),
})
const batches = createRoute({
  getParentRoute: () => project,
  path: '/batches',
  component: lazyRouteComponent(() => import('./pages/batches/BatchesPage.tsx')),
})
const imports = createRoute({
  getParentRoute: () => project,
  path: '/imports',
  validateSearch: (search: Record<string, unknown>): { open?: number } =>
    typeof search.open === 'number' ? { open: search.open } : {},
  component: lazyRouteComponent(() => import('./pages/imports/ImportsPage.tsx')),
})
const exports_ = createRoute({
  getParentRoute: () => project,
  path: '/exports',
  validateSearch: (search: Record<string, unknown>): { selection?: unknown } =>
    typeof search.selection === 'object' && search.selection !== null ? { selection: search.selection } : {},
  component: lazyRouteComponent(() => import('./pages/exports/ExportsPage.tsx')),
})
const operations = createRoute({
  getParentRoute: () => project,
  path: '/operations',
  validateSearch: (search: Record<string, unknown>): { open?: number } =>
    typeof search.open === 'number' ? { open: search.open } : {},
  component: lazyRouteComponent(() => import('./pages/operations/OperationsPage.tsx')),
})
const members = createRoute({
  getParentRoute: () => project,
  path: '/members',
  component: lazyRouteComponent(() => import('./pages/members/MembersPage.tsx')),
})
const settings = createRoute({
  getParentRoute: () => project,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings/SettingsPage.tsx')),
})

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setUp,
    invite,
    app.addChildren([
      home,
      projects,
      account,
      organizationMembers,
      project.addChildren([
        projectHome, overview, tasks, assets, label, review, schema, batches, imports, exports_, operations, members, settings,
      ]), // biome-ignore format: one list
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPreloadDelay: 40,
  defaultPendingMs: 200,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
  // The query cache decides what is old.
  defaultPreloadStaleTime: 0,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** Only a path of this app may be a way back, never another site. */
function isOwnPath(value: unknown): value is string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value)
}

// All routes. Each page is loaded when it is first opened; hovering a link loads it ahead.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { mayInProject } from '../model/permission.ts'
import { queryClient } from './api.ts'
import { Frame } from './frame/Frame.tsx'
import { FrameSkeleton } from './frame/FrameSkeleton.tsx'
import { ProjectFrame } from './frame/ProjectFrame.tsx'
import { landingOf, sectionPath } from './frame/sections.ts'
import type { AuditSearch } from './pages/audit/audit-search.ts'
import { linkedSettled } from './pages/label/linked-task.ts'
import { askFirst, firstSettled } from './pages/tasks/first-rows.ts'
import { viewToOpen } from './pages/tasks/views/view-to-open.ts'
import { projectQuery, projectsQuery, schemaQuery, sessionQuery } from './queries.ts'
import { parseTaskSearch } from './task-search.ts'
import { loadTexts, type TextPart } from './texts/parts.ts'
import { ErrorState } from './ui/ErrorState.tsx'
import { NotFound } from './ui/NotFound.tsx'
import { PageSkeleton } from './ui/Skeletons.tsx'
import { tasksInAddress, workInAddress } from './work-address.ts'

/** A page with the texts it needs: both are loaded when it is first opened, or ahead, when its link is hovered. */
function page<P>(load: () => Promise<{ default: (props: P) => ReactNode }>, ...parts: TextPart[]) {
  return lazyRouteComponent(async () => {
    const [module] = await Promise.all([load(), loadTexts(...parts)])
    return module
  })
}

const root = createRootRoute({ notFoundComponent: NotFound })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    isOwnPath(search.next) ? { next: search.next } : {},
  component: page(() => import('./pages/sign-in/SignInPage.tsx'), 'pages'),
})
const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up/$token',
  component: page(() => import('./pages/sign-in/SetUpPage.tsx'), 'pages'),
})
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite/$token',
  component: page(() => import('./pages/sign-in/InvitePage.tsx'), 'pages'),
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
  pendingComponent: FrameSkeleton,
})
const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  // Who labels in one project only goes straight to the work; everybody else chooses.
  beforeLoad: async () => {
    const [only, second] = await queryClient.ensureQueryData(projectsQuery)
    if (only && !second && only.role === 'labeler')
      throw redirect({ to: '/projects/$project_id', params: { project_id: String(only.id) } })
    throw redirect({ to: '/projects' })
  },
})
const projects = createRoute({
  getParentRoute: () => app,
  path: '/projects',
  validateSearch: (search: Record<string, unknown>): { create?: true } => (search.create ? { create: true } : {}),
  component: page(() => import('./pages/projects/ProjectsPage.tsx'), 'pages'),
})
const account = createRoute({
  getParentRoute: () => app,
  path: '/account',
  component: page(() => import('./pages/account/AccountPage.tsx'), 'pages'),
})
const organizationMembers = createRoute({
  getParentRoute: () => app,
  path: '/organization/$organization_id/members',
  component: page(() => import('./pages/organization/OrganizationMembersPage.tsx'), 'pages'),
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
  component: page(() => import('./pages/overview/OverviewPage.tsx'), 'pages'),
})
const TasksPage = page(() => import('./pages/tasks/TasksPage.tsx'), 'tasks')
// What it shows is asked for before this runs, see ahead.ts: the loaders take it from there.
let isOpening = tasksInAddress() !== null
if (isOpening) void TasksPage.preload?.()
const tasks = createRoute({
  getParentRoute: () => project,
  path: '/tasks',
  validateSearch: parseTaskSearch,
  loaderDeps: ({ search }) => ({
    view: search.view,
    isBare: search.view === undefined && search.filter === undefined && search.sort === undefined,
  }),
  loader: async ({ params, deps, location }) => {
    // Who may not see tasks is told so by the page, and asks the server nothing.
    const { role } = await queryClient.ensureQueryData(projectQuery(Number(params.project_id)))
    if (mayInProject(role, 'view_tasks') !== true) return
    const [view] = await Promise.all([
      viewToOpen(Number(params.project_id), deps.view, deps.isBare),
      askFirst(Number(params.project_id), parseTaskSearch(location.search)),
    ])
    if (view === null) {
      // The page that is opened first is drawn with its rows. Later ones stand at once, and fill.
      if (isOpening) await firstSettled()
      isOpening = false
      return
    }
    const search = { ...parseTaskSearch(location.search), view }
    throw redirect({ to: '/projects/$project_id/tasks', params, search, replace: true })
  },
  component: TasksPage,
})
const assets = createRoute({
  getParentRoute: () => project,
  path: '/assets',
  validateSearch: (search: Record<string, unknown>): { name?: string; view?: 'list' } => ({
    ...(typeof search.name === 'string' && search.name !== '' ? { name: search.name } : {}),
    ...(search.view === 'list' ? { view: 'list' as const } : {}),
  }),
  component: page(() => import('./pages/assets/AssetsPage.tsx'), 'pages'),
})

/** `task`: open this one instead of the next of the queue. */
const workSearch = (search: Record<string, unknown>): { task?: number } =>
  typeof search.task === 'number' ? { task: search.task } : {}
const LabelPage = page(() => import('./pages/label/LabelPage.tsx'), 'label')
// Whoever opens a task by its link waits for the longest of all that is asked ahead, not for their sum.
const linked = workInAddress()
if (linked) void LabelPage.preload?.()
/** Its code and the task of a link are part of the route's loading: what is there at once is drawn in one piece. */
const loadLabelPage = async () =>
  void (await Promise.all([
    LabelPage.preload?.(),
    linked && queryClient.prefetchQuery(schemaQuery(linked.project_id)),
    linkedSettled(),
  ]))
const label = createRoute({
  getParentRoute: () => project,
  path: '/label',
  validateSearch: workSearch,
  loader: loadLabelPage,
  component: () => <LabelPage kind="label" />,
})
const review = createRoute({
  getParentRoute: () => project,
  path: '/review',
  validateSearch: workSearch,
  loader: loadLabelPage,
  component: () => <LabelPage kind="review" />,
})
const schema = createRoute({
  getParentRoute: () => project,
  path: '/schema',
  component: page(() => import('./pages/schema/SchemaPage.tsx'), 'pages'),
})
const batches = createRoute({
  getParentRoute: () => project,
  path: '/batches',
  component: page(() => import('./pages/batches/BatchesPage.tsx'), 'pages'),
})
const imports = createRoute({
  getParentRoute: () => project,
  path: '/imports',
  validateSearch: (search: Record<string, unknown>): { open?: number } =>
    typeof search.open === 'number' ? { open: search.open } : {},
  component: page(() => import('./pages/imports/ImportsPage.tsx'), 'pages'),
})
const exports_ = createRoute({
  getParentRoute: () => project,
  path: '/exports',
  validateSearch: (search: Record<string, unknown>): { selection?: unknown } =>
    typeof search.selection === 'object' && search.selection !== null ? { selection: search.selection } : {},
  component: page(() => import('./pages/exports/ExportsPage.tsx'), 'pages'),
})
const operations = createRoute({
  getParentRoute: () => project,
  path: '/operations',
  validateSearch: (search: Record<string, unknown>): { open?: number } =>
    typeof search.open === 'number' ? { open: search.open } : {},
  component: page(() => import('./pages/operations/OperationsPage.tsx'), 'operations', 'tasks'),
})
const members = createRoute({
  getParentRoute: () => project,
  path: '/members',
  component: page(() => import('./pages/members/MembersPage.tsx'), 'pages'),
})
const audit = createRoute({
  getParentRoute: () => project,
  path: '/audit',
  // Looked at by the page, which comes with the list of kinds.
  validateSearch: (search: Record<string, unknown>): AuditSearch => search,
  component: page(() => import('./pages/audit/AuditPage.tsx'), 'audit', 'tasks', 'history', 'operations'),
})
const settings = createRoute({
  getParentRoute: () => project,
  path: '/settings',
  component: page(() => import('./pages/settings/SettingsPage.tsx'), 'pages'),
})

const guide = createRoute({
  getParentRoute: () => project,
  path: '/settings/guide',
  component: page(() => import('./pages/guide/GuidePage.tsx'), 'guide'),
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
        projectHome, overview, tasks, assets, label, review, schema, batches, imports, exports_, operations, members, audit, settings, guide,
      ]), // biome-ignore format: one list
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPreloadDelay: 40,
  defaultPendingMs: 200,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: ({ error, reset }) => <ErrorState isPage error={error} onRetry={reset} />,
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

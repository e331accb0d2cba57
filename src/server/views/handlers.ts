// views/: saved views of the Tasks page. What they may do is model/task-view.ts; what a filter means is tasks/.
import { Failure } from '../../model/failure.ts'
import {
  type KnownNames,
  mayChangeView,
  mayMakePrivate,
  maySeeView,
  openedContent,
  type ViewContent,
} from '../../model/task-view.ts'
import { namesOfBatches } from '../batches/queries.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import type { Caller, Handlers, ProjectScope } from '../handler.ts'
import { labelSchemaOf } from '../projects/schema-queries.ts'
import { filterSql, orderOf } from '../tasks/filter-queries.ts'
import * as rows from './queries.ts'

/** Of one list: the shared views, or the private ones of a person. A menu of more is of no use. */
const MOST_VIEWS = 100

type Who = { caller: Caller; project: ProjectScope }

export const viewHandlers = {
  async list_task_views({ app, caller, project }, { project_id }) {
    const views = await rows.viewsFor(app.db, project_id, caller.person_id)
    const known = await knownNames(app.db, project)
    const defaults = await rows.roleDefaults(app.db, project_id)
    const own = await rows.ownDefault(app.db, project_id, caller.person_id)
    return {
      views: views.map((view) => reply(view, { caller, project }, known)),
      default_view_id: own === undefined ? (defaults.get(project.role) ?? null) : own,
      is_default_mine: own !== undefined,
      role_defaults: { manager: defaults.get('manager') ?? null, reviewer: defaults.get('reviewer') ?? null },
    }
  },

  async create_task_view({ app, caller, project }, { project_id, name, is_shared, ...content }) {
    requireUsable(project_id, content as ViewContent)
    const id = await app.db.transaction().execute(async (tx) => {
      await requireRoom(tx, project_id, { is_shared, person_id: caller.person_id })
      const view = { ...(content as ViewContent), name: name.trim(), is_shared }
      return rows.insertView(tx, project_id, caller.person_id, view)
    })
    if (id === null) throw nameTaken(name, is_shared)
    return theView(app.db, { caller, project }, id)
  },

  async update_task_view({ app, caller, project }, { project_id, view_id, version, ...changes }) {
    requireUsable(project_id, changes as Partial<ViewContent>)
    await app.db.transaction().execute(async (tx) => {
      const view = await viewToChange(tx, { caller, project }, view_id)
      if (view.version !== version)
        throw new Failure('stale_view', `${view.updated_by_name} saved this view after you opened it.`, {
          changed_by: view.updated_by_name,
          changed_at: view.updated_at,
        })
      const next = { ...view, ...changes, name: (changes.name ?? view.name).trim() }
      if (next.is_shared !== view.is_shared) await requireSwitch(tx, { caller, project }, view)
      if (!(await rows.updateView(tx, project_id, view_id, caller.person_id, next)))
        throw nameTaken(next.name, next.is_shared)
    })
    return theView(app.db, { caller, project }, view_id)
  },

  async delete_task_view({ app, caller, project }, { project_id, view_id }) {
    await app.db.transaction().execute(async (tx) => {
      await viewToChange(tx, { caller, project }, view_id)
      await requireNoRoleDefault(tx, project_id, view_id)
      await rows.deleteView(tx, project_id, view_id)
    })
  },

  async set_my_default_view({ app, caller, project }, { project_id, view_id }) {
    await app.db.transaction().execute(async (tx) => {
      if (view_id !== null) await viewToSee(tx, { caller, project }, view_id)
      await rows.putOwnDefault(tx, project_id, caller.person_id, view_id)
    })
  },

  async clear_my_default_view({ app, caller }, { project_id }) {
    await rows.clearOwnDefault(app.db, project_id, caller.person_id)
  },

  async set_role_default_view({ app, caller, project }, { project_id, role, view_id }) {
    await app.db.transaction().execute(async (tx) => {
      if (view_id !== null && !(await viewToSee(tx, { caller, project }, view_id)).is_shared)
        throw new Failure(
          'invalid_input',
          'view_id: this view is private. Share it first; then it can open for everybody.',
        )
      await rows.putRoleDefault(tx, project_id, role, view_id)
    })
  },
} satisfies Partial<Handlers>

/** @throws Failure unknown_field, which names what is wrong with the filter or the order */
function requireUsable(project_id: number, { filter, sort }: Partial<ViewContent>): void {
  if (filter) filterSql(project_id, filter)
  if (sort) orderOf(sort)
}

/** @throws Failure not_found for what the caller may not see */
async function viewToSee(tx: Tx, { caller, project }: Who, id: number): Promise<rows.ViewRow> {
  const view = await rows.lockView(tx, project.row.id, id)
  if (!view || !maySeeView(view, caller.person_id))
    throw new Failure('not_found', `view_id: there is no view ${id} that you may see.`)
  return view
}

/** @throws Failure not_found, not_allowed */
async function viewToChange(tx: Tx, who: Who, id: number): Promise<rows.ViewRow> {
  const view = await viewToSee(tx, who, id)
  if (!mayChangeView(view, who.caller.person_id, who.project.role))
    throw new Failure(
      'not_allowed',
      `Only ${view.owner_name} and the managers may change this view. Save it as a view of your own instead.`,
    )
  return view
}

/** Before a private view is shared or a shared one is made private. */
async function requireSwitch(tx: Tx, { caller, project }: Who, view: rows.ViewRow): Promise<void> {
  const project_id = project.row.id
  await requireRoom(tx, project_id, { is_shared: !view.is_shared, person_id: view.owner_id })
  if (!view.is_shared) return
  if (!mayMakePrivate(view, caller.person_id))
    throw new Failure(
      'not_allowed',
      `is_shared: only ${view.owner_name} may make this view private. Delete it instead.`,
    )
  await requireNoRoleDefault(tx, project_id, view.id)
  await rows.dropOthersDefaults(tx, project_id, view.id, view.owner_id)
}

async function requireNoRoleDefault(tx: Tx, project_id: number, view_id: number): Promise<void> {
  const roles = [...(await rows.roleDefaults(tx, project_id))].flatMap(([role, id]) =>
    id === view_id ? [`${role}s`] : [],
  )
  if (roles.length > 0)
    throw new Failure(
      'view_in_use',
      `The Tasks page of ${roles.join(' and ')} opens with this view. A manager must choose another one first.`,
    )
}

async function requireRoom(tx: Tx, project_id: number, of: { is_shared: boolean; person_id: number }): Promise<void> {
  if ((await rows.countViews(tx, project_id, of)) >= MOST_VIEWS)
    throw new Failure(
      'too_many_views',
      `There are ${MOST_VIEWS} ${of.is_shared ? 'shared views' : 'private views of yours'} already. Delete one first.`,
    )
}

const nameTaken = (name: string, is_shared: boolean) =>
  new Failure(
    'already_exists',
    `name: ${is_shared ? 'a shared view' : 'a view of yours'} “${name.trim()}” exists already.`,
    { field: 'name' },
  )

async function theView(db: Queryable, who: Who, id: number) {
  const view = await rows.viewById(db, who.project.row.id, id)
  if (!view) throw new Failure('not_found', `view_id: view ${id} was deleted meanwhile.`)
  return reply(view, who, await knownNames(db, who.project))
}

function reply(view: rows.ViewRow, { caller, project }: Who, known: KnownNames) {
  const { updated_by_id: _by, filter: _filter, sort: _sort, columns: _columns, ...shown } = view
  return {
    ...shown,
    ...openedContent(view, known),
    may_change: mayChangeView(view, caller.person_id, project.role),
    may_make_private: mayMakePrivate(view, caller.person_id),
  }
}

async function knownNames(db: Queryable, project: ProjectScope): Promise<KnownNames> {
  const { schema } = await labelSchemaOf(db, project.row.id)
  return {
    classes: new Map(schema.classes.map((c) => [c.id, c])),
    stages: new Set(project.workflow.map((s) => s.id)),
    batches: new Set((await namesOfBatches(db, project.row.id)).keys()),
  }
}

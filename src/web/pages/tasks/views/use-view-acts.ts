// What a person does with saved views; each act reads the list anew.
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ViewingRole } from '../../../../model/task-view.ts'
import { api } from '../../../api.ts'
import { viewsQuery } from '../../../queries.ts'
import { useProjectId } from '../../../session.tsx'
import { useAct } from '../../../use-act.ts'
import type { ColumnsState } from '../columns-state.ts'
import type { TaskUrl } from '../use-task-search.ts'
import { contentOf, type TaskView } from './open-view.ts'

type Change = { view: TaskView; name?: string; is_shared?: boolean }

export function useViewActs(url: TaskUrl, columns: ColumnsState) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const project_id = useProjectId()
  const { queryKey } = viewsQuery(project_id)
  const refreshes = [queryKey]
  const content = () => contentOf(url, columns)

  /** The list is new before the page goes to a view of it. */
  const open = async (id: number | 'none') => {
    await client.refetchQueries({ queryKey })
    url.change({ view: id, filter: undefined, sort: undefined, columns: undefined })
  }

  const create = useAct(
    (input: { name: string; is_shared: boolean }) => api.create_task_view({ project_id, ...input, ...content() }),
    { isErrorShown: true, onDone: (saved) => void open(saved.id) },
  )
  const saveOver = useAct(
    (view: TaskView) => api.update_task_view({ project_id, view_id: view.id, version: view.version, ...content() }),
    { done: (saved) => t('views.done.saved', { name: saved.name }), onDone: (saved) => void open(saved.id) },
  )
  const change = useAct(
    ({ view, ...changes }: Change) =>
      api.update_task_view({ project_id, view_id: view.id, version: view.version, ...changes }),
    {
      refreshes,
      isErrorShown: true,
      done: (saved, { is_shared }) =>
        is_shared === undefined
          ? null
          : t(is_shared ? 'views.done.shared' : 'views.done.private', { name: saved.name }),
    },
  )
  const remove = useAct((view: TaskView) => api.delete_task_view({ project_id, view_id: view.id }), {
    refreshes,
    done: (_, { name }) => t('views.done.deleted', { name }),
    // The tasks that are shown stay shown.
    onDone: (_, { id }) => {
      if (url.view?.id !== id) return
      const { filter, sort } = content()
      url.change({
        view: 'none',
        filter: filter.conditions.length > 0 ? filter : undefined,
        sort: sort ?? undefined,
        columns: undefined,
      })
    },
  })
  /** `role`: what the page opened with if nobody chose; the same choice again is none. */
  const setDefault = useAct(
    ({ view_id, role }: { view_id: number | null; role: number | null }) =>
      view_id === role ? api.clear_my_default_view({ project_id }) : api.set_my_default_view({ project_id, view_id }),
    { refreshes },
  )
  const setRoleDefault = useAct(
    ({ view, role, isOn }: { view: TaskView; role: ViewingRole; isOn: boolean }) =>
      api.set_role_default_view({ project_id, role, view_id: isOn ? view.id : null }),
    {
      refreshes,
      done: (_, { view, role, isOn }) =>
        t(isOn ? 'views.done.role_default' : 'views.done.role_default_none', {
          name: view.name,
          roles: t(`views.panel.roles.${role}`),
        }),
    },
  )
  return { open, create, saveOver, change, remove, setDefault, setRoleDefault }
}

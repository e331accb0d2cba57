// Before the Tasks page is drawn: the views are read, and a page that says nothing opens with the default one.
import { queryClient } from '../../../api.ts'
import { viewsQuery } from '../../../queries.ts'

/**
 * @param isBare the URL says nothing about what to show
 * @returns the view to go to; null to stay. Without the views the page says so itself.
 */
export async function viewToOpen(
  project_id: number,
  view: number | 'none' | undefined,
  isBare: boolean,
): Promise<number | null> {
  const query = viewsQuery(project_id)
  const known = await queryClient.ensureQueryData(query).catch(() => null)
  // A link to a view that was saved a moment ago.
  if (typeof view === 'number' && known && !known.views.some((v) => v.id === view))
    await queryClient.fetchQuery({ ...query, staleTime: 0 }).catch(() => null)
  return isBare ? (known?.default_view_id ?? null) : null
}

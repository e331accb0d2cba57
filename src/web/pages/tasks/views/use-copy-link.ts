// Links to a view, or to the page as it is: what the view says is not said again.
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../../copy-text.ts'
import { useProjectId } from '../../../session.tsx'
import type { TaskSearch } from '../../../task-search.ts'
import { notifyDone, notifyFailed } from '../../../ui/notify.tsx'

/** Puts a link to the Tasks page into the clipboard; the open task is not part of what is shared. */
export function useCopyLink(): (search: TaskSearch) => Promise<void> {
  const { t } = useTranslation()
  const router = useRouter()
  const params = { project_id: String(useProjectId()) }
  return async ({ task: _task, ...search }) => {
    const { href } = router.buildLocation({ to: '/projects/$project_id/tasks', params, search })
    try {
      await copyText(new URL(href, window.location.origin).toString())
      notifyDone(t('views.panel.copied'))
    } catch (error) {
      notifyFailed(error)
    }
  }
}

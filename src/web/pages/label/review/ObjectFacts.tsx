// Who drew the selected object, and who changed it since.
import { useTranslation } from 'react-i18next'
import type { Editor } from '../../../../editor/editor.ts'
import { useEditor } from '../../../../editor/view/use-editor.ts'
import { useMe } from '../../../session.tsx'
import classes from './review.module.css'
import { useRevisions } from './use-compare.ts'

type Props = { editor: Editor; project_id: number; task_id: number }

export default function ObjectFacts({ editor, project_id, task_id }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const only = useEditor(editor, (s) =>
    s.selection.length === 1 ? s.document.objects.find((o) => o.id === s.selection[0]) : undefined,
  )
  const ids = [only?.author_id, only?.edited_by_id]
  const people = useRevisions(
    project_id,
    task_id,
    ids.some((id) => typeof id === 'number' && id !== me.id),
  )?.people
  if (!only) return null
  const nameOf = (id: number | null | undefined) =>
    id === me.id ? t('review.me') : (people?.find((p) => p.id === id)?.name ?? '…')
  return (
    <p className={classes.facts}>
      {only.author_id === null ? t('review.imported') : t('review.drawn_by', { name: nameOf(only.author_id) })}
      {only.prediction_id !== undefined && ` · ${t('review.predicted')}`}
      {typeof only.edited_by_id === 'number' && ` · ${t('review.edited_by', { name: nameOf(only.edited_by_id) })}`}
    </p>
  )
}

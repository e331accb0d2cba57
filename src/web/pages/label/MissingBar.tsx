// Why the task cannot go on yet: a required value is missing. The bar goes once it is there.
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Editor } from '../../../editor/editor.ts'
import { useEditor } from '../../../editor/view/use-editor.ts'
import classes from './label.module.css'
import { firstMissing, type Missing } from './missing-attributes.ts'

type Props = {
  /** Another one each time that the task was to go on. */
  missing: Missing
  editor: Editor
  /** To the form that it is missing in. */
  onGo: () => void
  onClose: () => void
}

export default function MissingBar({ missing: asked, editor, onGo, onClose }: Props) {
  const { t } = useTranslation()
  const document = useEditor(editor, (s) => s.document)
  const schema = useEditor(editor, (s) => s.schema)
  const missing = firstMissing(document, schema)
  const isDone = missing === null
  useEffect(() => {
    if (isDone) onClose()
  }, [isDone, onClose])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is what triggers it
  useEffect(onGo, [asked])
  if (!missing) return null
  const show = () => {
    if (missing.object_id !== null && editor.select([missing.object_id])) editor.reveal(missing.object_id)
    onGo()
  }
  const names = { class: missing.class_name, number: missing.number, attribute: missing.attribute }
  return (
    <div className={classes.bar} data-kind="missing" role="alert">
      <IconAlertTriangle size={16} aria-hidden />
      <span>
        {t(missing.object_id === null ? 'label.missing.global' : 'label.missing.object', names)}
        {missing.total > 1 && ` ${t('label.missing.more', { count: missing.total - 1 })}`}
      </span>
      {missing.object_id !== null && (
        <Button variant="default" size="compact-xs" onClick={show}>
          {t('label.missing.show')}
        </Button>
      )}
    </div>
  )
}

// Right of the image: classes, objects, and the attributes of what is selected and of the image.
import { useTranslation } from 'react-i18next'
import type { Editor } from '../../../editor/editor.ts'
import { ClassPicker } from '../../../editor/view/ClassPicker.tsx'
import { ObjectList } from '../../../editor/view/ObjectList.tsx'
import { useEditor } from '../../../editor/view/use-editor.ts'
import { liveClasses } from '../../../model/label-schema.ts'
import { formatNumber } from '../../format.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import classes from './label.module.css'

const loadForms = () => import('../../../editor/view/AttributesForm.tsx')
const AttributesForm = lazyPart(async () => ({ default: (await loadForms()).AttributesForm }))
const GlobalAttributesForm = lazyPart(async () => ({ default: (await loadForms()).GlobalAttributesForm }))
export const FORMS = [AttributesForm, GlobalAttributesForm]

export function SidePanel({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const count = useEditor(editor, (s) => s.document.objects.length)
  const schema = useEditor(editor, (s) => s.schema)
  const hasForm = useEditor(editor, (s) => (s.selection.length > 0 || s.lastAdded !== null) && hasAttributes(s))
  const hasGlobals = schema.global_attributes.length > 0
  return (
    <aside className={classes.panel} aria-label={t('label.panel.label')}>
      <section className={classes.classes} aria-label={t('label.panel.classes')}>
        <h2 className={classes.panelTitle}>{t('label.panel.classes')}</h2>
        {liveClasses(schema).length === 0 ? (
          <p className={classes.quiet}>{t('label.panel.no_classes')}</p>
        ) : (
          <ClassPicker editor={editor} />
        )}
      </section>
      <div className={classes.objects}>
        <h2 className={classes.panelTitle}>
          {t('label.panel.objects')} <span className="figures">{formatNumber(count)}</span>
        </h2>
        <div className={classes.list}>
          <ObjectList editor={editor} />
        </div>
      </div>
      {hasForm && (
        <div className={classes.form}>
          <AttributesForm editor={editor} />
        </div>
      )}
      {hasGlobals && (
        <div className={classes.form}>
          <GlobalAttributesForm editor={editor} />
        </div>
      )}
    </aside>
  )
}

/** Whether what is selected, or was drawn last, has a class with attributes. */
function hasAttributes(state: ReturnType<Editor['state']>): boolean {
  const id = state.selection[0] ?? state.lastAdded
  const object = state.document.objects.find((o) => o.id === id)
  return (state.schema.classes.find((c) => c.id === object?.class_id)?.attributes.length ?? 0) > 0
}

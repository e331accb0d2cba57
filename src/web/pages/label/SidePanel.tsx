// Right of the image: classes, objects, and the attributes of what is selected and of the image.
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Task } from '../../../contract/tasks.ts'
import type { Editor } from '../../../editor/editor.ts'
import { ClassPicker } from '../../../editor/view/ClassPicker.tsx'
import { ObjectList } from '../../../editor/view/ObjectList.tsx'
import { keepFocus, useEditor } from '../../../editor/view/use-editor.ts'
import { liveClasses } from '../../../model/label-schema.ts'
import { formatNumber } from '../../format.ts'
import { useProject } from '../../session.tsx'
import { withTexts } from '../../texts/parts.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { Hint } from './Hint.tsx'
import classes from './label.module.css'
import type { Predictions } from './predictions/use-predictions.ts'
import { useQuietKeys } from './quiet-keys.ts'
import { isOpen } from './review/pins.ts'
import { placeOfNew, unsent } from './review/unsent.ts'
import type { Review } from './review/use-review.ts'
import { leaveValues } from './values-focus.ts'
import { WORK_KEYS } from './work-keys.ts'

const loadForms = () => import('../../../editor/view/AttributesForm.tsx')
const AttributesForm = lazyPart(async () => ({ default: (await loadForms()).AttributesForm }))
const GlobalAttributesForm = lazyPart(async () => ({ default: (await loadForms()).GlobalAttributesForm }))
const PredictionPanel = lazyPart(() => import('./predictions/PredictionPanel.tsx'))
const ObjectFacts = lazyPart(() => withTexts('review', () => import('./review/ObjectFacts.tsx')))
const CommentsPanel = lazyPart(() => withTexts('review', () => import('./review/CommentsPanel.tsx')), Coming)
export const PANELS = [CommentsPanel, AttributesForm, GlobalAttributesForm, ObjectFacts]

type Props = { editor: Editor; review: Review; predictions: Predictions; task: Task; hasFacts: boolean }

export function SidePanel({ editor, review, predictions, task, hasFacts }: Props) {
  const { t } = useTranslation()
  return (
    <aside className={classes.panel} aria-label={t('label.panel.label')}>
      <PanelTabs editor={editor} review={review} />
      {review.desk.tab === 'comments' ? (
        <CommentsPanel review={review} editor={editor} />
      ) : (
        <Objects editor={editor} predictions={predictions} task={task} hasFacts={hasFacts} />
      )}
    </aside>
  )
}

function PanelTabs({ editor, review }: { editor: Editor; review: Review }) {
  const { t } = useTranslation()
  const objects = useEditor(editor, (s) => s.document.objects.length)
  const comments = review.threads.filter(isOpen).length
  const counts = { objects: formatNumber(objects), comments: review.isKnown ? formatNumber(comments) : '–' }
  return (
    <div className={classes.tabs} role="tablist" aria-label={t('label.panel.label')}>
      {(['objects', 'comments'] as const).map((tab) => (
        <Hint key={tab} label={t(`label.panel.${tab}`)} keys={WORK_KEYS.comments}>
          <button
            type="button"
            role="tab"
            className={classes.tab}
            aria-selected={review.desk.tab === tab}
            data-news={(tab === 'comments' && comments > 0) || undefined}
            onMouseDown={keepFocus}
            onClick={() => review.set({ tab })}
          >
            {t(`label.panel.${tab}`)} <span className="figures">{counts[tab]}</span>
          </button>
        </Hint>
      ))}
    </div>
  )
}

function Objects({ editor, predictions, task, hasFacts }: Omit<Props, 'review'>) {
  const { t } = useTranslation()
  const project = useProject()
  const schema = useEditor(editor, (s) => s.schema)
  const hasForm = useEditor(editor, (s) => (s.selection.length > 0 || s.lastAdded !== null) && hasAttributes(s))
  const hasGlobals = schema.global_attributes.some((a) => !a.is_removed)
  return (
    <>
      <section className={classes.classes} aria-label={t('label.panel.classes')}>
        <h2 className={classes.panelTitle}>{t('label.panel.classes')}</h2>
        {liveClasses(schema).length === 0 ? (
          <p className={classes.quiet}>{t('label.panel.no_classes')}</p>
        ) : (
          <ClassPicker editor={editor} Hint={ClassesHint} />
        )}
      </section>
      {(predictions.sets.length > 0 || predictions.isFailed) && (
        <PredictionPanel editor={editor} predictions={predictions} />
      )}
      <div className={classes.objects}>
        <div className={classes.list}>
          <ObjectList editor={editor} />
        </div>
      </div>
      {hasFacts && <ObjectFacts editor={editor} project_id={project.id} task_id={task.id} />}
      {hasForm && (
        <Values>
          <AttributesForm editor={editor} />
        </Values>
      )}
      {hasGlobals && (
        <Values>
          <GlobalAttributesForm editor={editor} />
        </Values>
      )}
    </>
  )
}

function ClassesHint({ children }: { children: ReactElement }) {
  const { t } = useTranslation()
  return (
    <Hint label={t('label.act.classes')} keys={WORK_KEYS.classes}>
      {children}
    </Hint>
  )
}

function Values({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the fields in it
    <div className={classes.form} data-values onKeyDown={leaveValues}>
      {children}
    </div>
  )
}

/** What is typed right after the key of a panel is meant for the panel, not for the editor. */
function Coming({ review: { desk, task_id } }: { review: Review }) {
  const place = placeOfNew(task_id)
  useQuietKeys(true, desk.composing ? (change) => unsent.keep(place, change(unsent.of(place))) : undefined)
  return null
}

/** Whether what is selected, or was drawn last, has a class with attributes. */
function hasAttributes(state: ReturnType<Editor['state']>): boolean {
  const id = state.selection[0] ?? state.lastAdded
  const object = state.document.objects.find((o) => o.id === id)
  return state.schema.classes.find((c) => c.id === object?.class_id)?.attributes.some((a) => !a.is_removed) ?? false
}

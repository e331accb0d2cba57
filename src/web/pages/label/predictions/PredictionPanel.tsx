// Above the objects: which model, how sure it has to be, and what to do with what it suggests.
import { ActionIcon, Button, Select, Slider } from '@mantine/core'
import {
  IconCheck,
  IconChecks,
  IconChevronLeft,
  IconChevronRight,
  IconEye,
  IconEyeOff,
  IconX,
} from '@tabler/icons-react'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Editor } from '../../../../editor/editor.ts'
import { offered } from '../../../../editor/suggestions.ts'
import { texts } from '../../../../editor/texts.ts'
import { Hinted } from '../../../../editor/view/ToolButton.tsx'
import { keepFocus, useEditor } from '../../../../editor/view/use-editor.ts'
import { formatNumber } from '../../../format.ts'
import classes from './predictions.module.css'
import type { PredictionSet, Predictions } from './use-predictions.ts'

const nameOf = ({ model, version }: PredictionSet) => (version ? `${model} ${version}` : model)

export default function PredictionPanel({ editor, predictions }: { editor: Editor; predictions: Predictions }) {
  const { t } = useTranslation()
  const { sets, chosen, choose } = predictions
  const list = useEditor(editor, offered)
  const isReadOnly = useEditor(editor, (s) => s.isReadOnly)
  const suggestion = useEditor(editor, (s) => s.suggestion)
  const at = list.findIndex((s) => s.id === suggestion)
  if (predictions.isFailed)
    return (
      <section className={classes.panel} aria-label={t('label.predictions.title')}>
        <p className={classes.quiet} role="alert">
          {t('label.predictions.failed')}{' '}
          <Button size="compact-xs" variant="default" onMouseDown={keepFocus} onClick={predictions.reload}>
            {t('action.try_again')}
          </Button>
        </p>
      </section>
    )
  return (
    <section className={classes.panel} aria-label={t('label.predictions.title')}>
      <div className={classes.head}>
        <h2>
          {t('label.predictions.title')}
          <span className={`${classes.count} figures`}>
            {at < 0 ? formatNumber(list.length) : `${formatNumber(at + 1)} / ${formatNumber(list.length)}`}
          </span>
        </h2>
        <Step editor={editor} by={-1} isDisabled={list.length === 0} />
        <Step editor={editor} by={1} isDisabled={list.length === 0} />
        <Shown editor={editor} />
      </div>
      {sets.length > 1 ? (
        <Select
          size="xs"
          aria-label={t('label.predictions.model')}
          allowDeselect={false}
          data={sets.map((set) => ({ value: String(set.id), label: nameOf(set) }))}
          value={chosen ? String(chosen.id) : null}
          onChange={(id) => {
            const set = sets.find((s) => String(s.id) === id)
            if (set) choose(set)
          }}
        />
      ) : (
        <p className={classes.quiet}>{chosen && t('label.predictions.of', { model: nameOf(chosen) })}</p>
      )}
      <Threshold editor={editor} />
      <Sums editor={editor} />
      {!isReadOnly && list.length > 0 && (
        <div className={classes.acts}>
          <Act
            action="accept_suggestion"
            icon={<IconCheck size={14} />}
            label={t('label.predictions.accept')}
            onAct={() => editor.acceptSuggestions()}
          />
          <Act
            action="reject_suggestion"
            icon={<IconX size={14} />}
            label={t('label.predictions.reject')}
            onAct={() => editor.rejectSuggestions()}
          />
          <Act
            action="accept_all"
            variant="light"
            icon={<IconChecks size={14} />}
            label={t('label.predictions.accept_all', { count: list.length })}
            onAct={() => editor.acceptAllSuggestions()}
          />
        </div>
      )}
    </section>
  )
}

type ActProps = {
  action: 'accept_suggestion' | 'reject_suggestion' | 'accept_all'
  variant?: 'default' | 'light'
  icon: ReactNode
  label: string
  onAct: () => void
}

function Act({ action, variant = 'default', icon, label, onAct }: ActProps) {
  return (
    <Hinted action={action}>
      <Button size="compact-sm" variant={variant} leftSection={icon} onMouseDown={keepFocus} onClick={onAct}>
        {label}
      </Button>
    </Hinted>
  )
}

function Step({ editor, by, isDisabled }: { editor: Editor; by: 1 | -1; isDisabled: boolean }) {
  const action = by > 0 ? 'next_suggestion' : 'previous_suggestion'
  const Icon = by > 0 ? IconChevronRight : IconChevronLeft
  return (
    <Hinted action={action}>
      <ActionIcon
        size={24}
        variant="subtle"
        color="gray"
        aria-label={texts.actions[action]}
        disabled={isDisabled}
        onMouseDown={keepFocus}
        onClick={() => editor.nextSuggestion(by)}
      >
        <Icon size={16} />
      </ActionIcon>
    </Hinted>
  )
}

function Shown({ editor }: { editor: Editor }) {
  const isShown = useEditor(editor, (s) => s.hasSuggestions)
  const Icon = isShown ? IconEye : IconEyeOff
  return (
    <Hinted action="suggestions">
      <ActionIcon
        size={24}
        variant="subtle"
        color="gray"
        aria-label={texts.actions.suggestions}
        aria-pressed={isShown}
        onMouseDown={keepFocus}
        onClick={editor.toggleSuggestions}
      >
        <Icon size={16} />
      </ActionIcon>
    </Hinted>
  )
}

function Threshold({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const threshold = useEditor(editor, (s) => s.threshold)
  const percent = Math.round(threshold * 100)
  return (
    <div className={classes.threshold}>
      <span>{t('label.predictions.threshold')}</span>
      <Slider
        size="sm"
        min={0}
        max={100}
        label={null}
        value={percent}
        thumbLabel={t('label.predictions.threshold')}
        onChange={(value) => editor.setThreshold(value / 100)}
      />
      <output className="figures">{percent} %</output>
    </div>
  )
}

/** What became of the others. */
function Sums({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const document = useEditor(editor, (s) => s.document)
  const predictions = useEditor(editor, (s) => s.predictions)
  const threshold = useEditor(editor, (s) => s.threshold)
  const sums = useMemo(() => {
    const accepted = new Set(document.objects.flatMap((o) => o.prediction_id ?? []))
    const rejected = new Set(document.rejected_predictions)
    const count = (of: ReadonlySet<string>) => predictions.filter((p) => of.has(p.id)).length
    const isBelow = (p: (typeof predictions)[number]) =>
      p.score < threshold && !accepted.has(p.id) && !rejected.has(p.id)
    return { accepted: count(accepted), rejected: count(rejected), below: predictions.filter(isBelow).length }
  }, [document, predictions, threshold])
  return <p className={`${classes.quiet} figures`}>{t('label.predictions.sums', sums)}</p>
}

// The comments of the task beside the image: a list by open and resolved, and where a new one is written.
import { Button, SegmentedControl } from '@mantine/core'
import { IconMapPin, IconMessagePlus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Editor } from '../../../../editor/editor.ts'
import { useEditor } from '../../../../editor/view/use-editor.ts'
import { formatNumber } from '../../../format.ts'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { RowsSkeleton } from '../../../ui/Skeletons.tsx'
import { Hint } from '../Hint.tsx'
import { WORK_KEYS } from '../work-keys.ts'
import { Composer } from './Composer.tsx'
import { isOpen, type Pin } from './pins.ts'
import classes from './review.module.css'
import { ThreadCard } from './ThreadCard.tsx'
import { placeOfNew, threadOf } from './unsent.ts'
import type { Review } from './use-review.ts'

type Props = { review: Review; editor: Editor }

export default function CommentsPanel({ review, editor }: Props) {
  const { t } = useTranslation()
  const { desk, threads, shown, names } = review
  const objectNames = useObjectNames(editor)
  const numbers = useMemo(() => new Map(threads.map((thread, i) => [thread.id, i + 1])), [threads])
  const open = threads.filter(isOpen).length
  const count = (n: number) => (review.isKnown ? formatNumber(n) : '–')
  if (review.isFailed) return <ErrorState error={new Error(t('review.failed'))} onRetry={review.reload} />
  return (
    <div className={classes.panel}>
      {review.isOld && (
        <p className={classes.none} role="status">
          {t('review.old')}
        </p>
      )}
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('review.show')}
          value={desk.shows}
          onChange={(shows) => review.set({ shows: shows as typeof desk.shows })}
          data={[
            { value: 'open', label: t('review.open', { n: count(open) }) },
            { value: 'resolved', label: t('review.resolved', { n: count(threads.length - open) }) },
            { value: 'all', label: t('review.all') },
          ]}
        />
        {desk.composing ? (
          <NewComment
            pin={desk.composing}
            review={review}
            objectName={objectNames.get(desk.composing.object_id ?? '')}
          />
        ) : (
          <Hint label={t('review.new_tip')} keys={WORK_KEYS.comment}>
            <Button
              size="xs"
              variant="default"
              fullWidth
              leftSection={<IconMessagePlus size={15} />}
              onClick={review.begin}
            >
              {t('review.new')}
            </Button>
          </Hint>
        )}
      </div>
      {!review.isKnown && <RowsSkeleton rows={3} />}
      {review.isKnown && shown.length === 0 && !desk.composing && (
        <p className={classes.none}>{t(threads.length === 0 ? 'review.none' : `review.none_${desk.shows}`)}</p>
      )}
      <ul className={classes.threads} aria-label={t('review.threads')}>
        {shown.map((thread) => (
          <ThreadCard
            key={thread.id}
            task_id={review.task_id}
            thread={thread}
            number={numbers.get(thread.id) ?? 0}
            objectName={objectNames.get(thread.object_id ?? '') ?? null}
            names={names}
            isChosen={desk.chosen === thread.id}
            isReplying={desk.chosen === thread.id && desk.isReplying}
            editing={threadOf([thread], desk.editing ?? 0) ? desk.editing : null}
            acts={review.acts}
            onChoose={review.choose}
            onReply={review.replyTo}
            onEdit={review.edit}
            onResolve={review.resolve}
          />
        ))}
      </ul>
    </div>
  )
}

function NewComment({ pin, review, objectName }: { pin: Pin; review: Review; objectName: string | undefined }) {
  const { t } = useTranslation()
  const { desk } = review
  const where = objectName ?? (pin.place ? t('review.at', { x: Math.round(pin.place.x), y: Math.round(pin.place.y) }) : t('review.whole_image')) // biome-ignore format: one line
  return (
    <div className={classes.compose}>
      <div className={classes.where}>
        <span className={classes.pinWords}>{where}</span>
        <Button
          size="compact-xs"
          variant={desk.isPlacing ? 'filled' : 'subtle'}
          leftSection={<IconMapPin size={13} />}
          aria-pressed={desk.isPlacing}
          onClick={() => review.set({ isPlacing: !desk.isPlacing })}
        >
          {t(pin.place ? 'review.move_pin' : 'review.pin_it')}
        </Button>
      </div>
      <Composer
        key={review.task_id}
        place={placeOfNew(review.task_id)}
        label={t('review.new_text')}
        act={t('review.send')}
        onSend={review.send}
        onCancel={() => review.set({ composing: null, isPlacing: false })}
      />
    </div>
  )
}

/** Of every object: its class and its number in the list. */
function useObjectNames(editor: Editor): Map<string, string> {
  const objects = useEditor(editor, (s) => s.document.objects)
  const schema = useEditor(editor, (s) => s.schema)
  return useMemo(() => {
    const classNames = new Map(schema.classes.map((c) => [c.id, c.name]))
    return new Map(objects.map((o, i) => [o.id, `${classNames.get(o.class_id) ?? '?'} ${formatNumber(i + 1)}`]))
  }, [objects, schema])
}

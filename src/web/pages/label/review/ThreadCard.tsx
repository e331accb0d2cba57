// One thread: its pin, its comments as plain text, and what may be done with it.
import { ActionIcon, Button } from '@mantine/core'
import { IconCheck, IconMapPin, IconPencil, IconPhoto, IconRotate, IconTrash, IconVector } from '@tabler/icons-react'
import { memo, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Comment, Thread } from '../../../../model/comment.ts'
import { formatMoment, formatNumber } from '../../../format.ts'
import { useMe } from '../../../session.tsx'
import { Age } from '../../../ui/Age.tsx'
import { ConfirmButton } from '../../../ui/ConfirmButton.tsx'
import { PersonAvatar } from '../../../ui/PersonAvatar.tsx'
import { Hint } from '../Hint.tsx'
import { WORK_KEYS } from '../work-keys.ts'
import { Composer } from './Composer.tsx'
import { isOpen } from './pins.ts'
import classes from './review.module.css'
import { placeOfEdit, placeOfReply } from './unsent.ts'
import type { CommentActs } from './use-comments.ts'

type Props = {
  task_id: number | null
  thread: Thread
  number: number
  /** Of the object that it is pinned to; null: gone. */
  objectName: string | null
  names: ReadonlyMap<number, string>
  isChosen: boolean
  isReplying: boolean
  /** One of its comments. */
  editing: number | null
  acts: CommentActs
  onChoose: (id: number) => void
  onReply: (id: number | null) => void
  onEdit: (comment_id: number | null) => void
  onResolve: (thread: Thread) => void
}

export const ThreadCard = memo(function ThreadCard(props: Props) {
  const { task_id, thread, number, names, isChosen, isReplying, acts, onChoose, onReply, onResolve } = props
  const { t } = useTranslation()
  const card = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isChosen) card.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  const by = thread.resolved_by_id === null ? '' : (names.get(thread.resolved_by_id) ?? t('label.view.somebody'))
  return (
    <li
      ref={card}
      className={classes.thread}
      data-chosen={isChosen || undefined}
      data-resolved={!isOpen(thread) || undefined}
    >
      <div className={classes.threadHead}>
        <button type="button" className={classes.threadPin} aria-pressed={isChosen} onClick={() => onChoose(thread.id)}>
          <span className={classes.number}>{formatNumber(number)}</span>
          <PinWords thread={thread} objectName={props.objectName} />
        </button>
        {thread.may_resolve && (
          <Hint label={t(isOpen(thread) ? 'review.resolve' : 'review.reopen')} keys={isChosen ? WORK_KEYS.resolve : ''}>
            <ActionIcon
              size={26}
              aria-label={t(isOpen(thread) ? 'review.resolve_number' : 'review.reopen_number', { number })}
              onClick={() => onResolve(thread)}
            >
              {isOpen(thread) ? <IconCheck size={16} /> : <IconRotate size={16} />}
            </ActionIcon>
          </Hint>
        )}
      </div>
      {thread.resolved_at && (
        <div className={classes.resolved} title={formatMoment(thread.resolved_at)}>
          <IconCheck size={13} aria-hidden /> {t('review.resolved_by', { name: by })}{' '}
          <Age moment={thread.resolved_at} />
        </div>
      )}
      <ol className={classes.comments}>
        {thread.comments.map((comment) => (
          <CommentLine
            key={comment.id}
            task_id={task_id}
            comment={comment}
            name={names.get(comment.author_id)}
            acts={acts}
            isEditing={props.editing === comment.id}
            onEdit={props.onEdit}
          />
        ))}
      </ol>
      {isReplying ? (
        <Composer
          place={placeOfReply(task_id, thread.id)}
          label={t('review.reply_text')}
          act={t('review.reply')}
          onSend={(text, key) => acts.reply({ thread_id: thread.id, text, key })}
          onCancel={() => onReply(null)}
        />
      ) : (
        <Hint label={t('review.reply')} keys={isChosen ? WORK_KEYS.reply : ''}>
          <Button size="compact-xs" variant="subtle" color="gray" ml={-6} onClick={() => onReply(thread.id)}>
            {t('review.reply')}
          </Button>
        </Hint>
      )}
    </li>
  )
})

function PinWords({ thread: { object_id, place }, objectName }: { thread: Thread; objectName: string | null }) {
  const { t } = useTranslation()
  if (object_id !== null)
    return (
      <>
        <IconVector size={14} aria-hidden />
        <span className={classes.pinWords}>{objectName ?? t('review.object_gone')}</span>
      </>
    )
  if (!place)
    return (
      <>
        <IconPhoto size={14} aria-hidden />
        <span className={classes.pinWords}>{t('review.whole_image')}</span>
      </>
    )
  return (
    <>
      <IconMapPin size={14} aria-hidden />
      <span className={classes.pinWords}>
        {Math.round(place.x)}, {Math.round(place.y)}
      </span>
    </>
  )
}

/** Longer texts begin folded. */
const FOLDED_CHARACTERS = 400
const FOLDED_LINES = 8

type LineProps = Pick<Props, 'task_id' | 'acts' | 'onEdit'> & {
  comment: Comment
  name: string | undefined
  isEditing: boolean
}

function CommentLine({ task_id, comment, name, acts, isEditing, onEdit }: LineProps) {
  const { t } = useTranslation()
  const isMine = useMe().id === comment.author_id
  const [isUnfolded, setUnfolded] = useState(false)
  const { text } = comment
  if (text === null) return <li className={classes.deleted}>{t('review.deleted')}</li>
  const isLong = text.length > FOLDED_CHARACTERS || text.split('\n').length > FOLDED_LINES
  return (
    <li className={classes.comment}>
      <div className={classes.by}>
        <PersonAvatar id={comment.author_id} name={name ?? '?'} size={18} />
        <span className={classes.author}>{name ?? t('label.view.somebody')}</span>
        <span className={classes.when}>
          <Age moment={comment.created_at} />
          {comment.edited_at && <span title={formatMoment(comment.edited_at)}> · {t('review.edited')}</span>}
        </span>
        {isMine && !isEditing && (
          <span className={classes.own}>
            <ActionIcon
              size={24}
              aria-label={t('review.edit')}
              title={t('review.edit')}
              onClick={() => onEdit(comment.id)}
            >
              <IconPencil size={14} />
            </ActionIcon>
            <ConfirmButton
              question={t('review.delete_question')}
              act={t('review.delete')}
              aria-label={t('review.delete')}
              color="gray"
              px={5}
              onConfirm={() => acts.remove(comment.id)}
            >
              <IconTrash size={14} />
            </ConfirmButton>
          </span>
        )}
      </div>
      {isEditing ? (
        <Composer
          place={placeOfEdit(task_id, comment.id)}
          label={t('review.edit_text')}
          act={t('review.save')}
          text={text}
          onSend={(next) => acts.edit({ comment_id: comment.id, text: next })}
          onCancel={() => onEdit(null)}
        />
      ) : (
        <>
          <div className={classes.text} data-folded={(isLong && !isUnfolded) || undefined}>
            {text}
          </div>
          {isLong && (
            <button type="button" className={classes.fold} onClick={() => setUnfolded(!isUnfolded)}>
              {t(isUnfolded ? 'review.less' : 'review.more')}
            </button>
          )}
        </>
      )}
    </li>
  )
}

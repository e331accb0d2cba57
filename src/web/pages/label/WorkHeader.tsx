// The slim line above the image: which task this is and what is special about it, whether it is saved, the time, the acts.
import { ActionIcon, Button, Skeleton } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowsDiff,
  IconArrowUp,
  IconBook2,
  IconBoxMultiple,
  IconCheck,
  IconCornerUpLeft,
  IconFlag,
  IconHistory,
  IconKeyboard,
  IconLayoutBottombar,
  IconPlayerSkipForward,
  IconX,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Task } from '../../../contract/tasks.ts'
import type { Stage } from '../../../model/workflow.ts'
import { useAllCommands } from '../../commands/registry.ts'
import { batchesQuery } from '../../queries.ts'
import { useMay, useProject } from '../../session.tsx'
import { SplitBadge } from '../../ui/SplitBadge.tsx'
import { StageBadge } from '../../ui/StageBadge.tsx'
import { ClockMark } from './ClockMark.tsx'
import { Hint } from './Hint.tsx'
import type { HeldTask } from './held-task.ts'
import classes from './label.module.css'
import { SaveMark } from './SaveMark.tsx'
import type { WorkActs } from './use-work-commands.tsx'
import { WORK_KEYS } from './work-keys.ts'

type Props = {
  held: HeldTask | null
  task: Task | null
  stage: Stage | null
  acts: WorkActs
  isComparing: boolean
  isStripShown: boolean
  guide: Guide
}
type Guide = { isOpen: boolean; isUnread: boolean }

export function WorkHeader({ held, task, stage, acts, isComparing, isStripShown, guide }: Props) {
  const { t } = useTranslation()
  return (
    <header className={classes.header}>
      <Hint label={t('label.act.close_tip')} keys={WORK_KEYS.close}>
        <ActionIcon onClick={acts.close} aria-label={t('label.act.close')}>
          <IconX size={16} />
        </ActionIcon>
      </Hint>
      {task && stage ? <Facts task={task} stage={stage} /> : <Skeleton height={14} width={220} />}
      <span className={classes.gap} />
      {held && <SaveMark held={held} />}
      {held && <ClockMark held={held} />}
      <Hint label={t('label.act.compare')} keys={WORK_KEYS.compare}>
        <ActionIcon
          onClick={() => acts.compare?.()}
          disabled={!acts.compare}
          aria-label={t('label.act.compare')}
          aria-pressed={isComparing}
          data-on={isComparing || undefined}
          className={classes.toggle}
        >
          <IconArrowsDiff size={17} stroke={1.7} />
        </ActionIcon>
      </Hint>
      <Hint label={t('label.act.strip')} keys={WORK_KEYS.strip}>
        <ActionIcon
          onClick={() => acts.strip?.()}
          aria-label={t('label.act.strip')}
          aria-pressed={isStripShown}
          data-on={isStripShown || undefined}
          className={classes.toggle}
        >
          <IconLayoutBottombar size={17} stroke={1.7} />
        </ActionIcon>
      </Hint>
      <Hint label={t('label.act.history')} keys={WORK_KEYS.history}>
        <ActionIcon onClick={() => acts.history?.()} disabled={!acts.history} aria-label={t('label.act.history')}>
          <IconHistory size={17} stroke={1.7} />
        </ActionIcon>
      </Hint>
      <Hint label={t('label.act.report')} keys={WORK_KEYS.report}>
        <ActionIcon onClick={() => acts.report?.()} disabled={!acts.report} aria-label={t('label.act.report')}>
          <IconFlag size={17} stroke={1.7} />
        </ActionIcon>
      </Hint>
      <GuideButton guide={guide} onToggle={acts.guide} />
      <KeysButton />
      <Acts acts={acts} isReview={held?.isReview ?? stage?.kind === 'review'} />
    </header>
  )
}

function Facts({ task, stage }: { task: Task; stage: Stage }) {
  const { t } = useTranslation()
  const project = useProject()
  const mayList = useMay('view_tasks')
  const batches = useQuery({ ...batchesQuery(project.id), enabled: mayList && task.batch_id !== null }).data
  const batch = batches?.find((b) => b.id === task.batch_id)
  const PriorityIcon = task.priority > 0 ? IconArrowUp : IconArrowDown
  const title = task.folder ? `${task.folder}/${task.name}` : task.name
  return (
    <div className={classes.facts}>
      <h1 className={classes.name} title={`${project.name} · ${title}`}>
        {task.folder && <span className={classes.folder}>{task.folder}/</span>}
        {task.name}
      </h1>
      <span className={classes.marks}>
        <StageBadge kind={stage.kind} name={stage.name} />
        {task.priority !== 0 && (
          <span className={classes.mark} title={t('label.mark.priority', { priority: task.priority })}>
            <PriorityIcon size={13} aria-label={t('label.mark.priority', { priority: '' })} />
            <span className="figures">{task.priority}</span>
          </span>
        )}
        {batch && (
          <span className={classes.mark} title={t('label.mark.batch', { name: batch.name })}>
            <IconBoxMultiple size={13} aria-hidden />
            <span className={classes.cut}>{batch.name}</span>
          </span>
        )}
        {task.split && <SplitBadge split={task.split} isLocked={task.is_split_locked} />}
      </span>
    </div>
  )
}

function GuideButton({ guide: { isOpen, isUnread }, onToggle }: { guide: Guide; onToggle: () => void }) {
  const { t } = useTranslation()
  const isNew = isUnread && !isOpen
  const label = isNew ? t('label.act.guide_changed') : t('label.act.guide')
  return (
    <Hint label={label} keys={WORK_KEYS.guide}>
      <ActionIcon
        className={classes.guideButton}
        data-new={isNew || undefined}
        onClick={onToggle}
        aria-label={label}
        aria-pressed={isOpen}
      >
        <IconBook2 size={17} stroke={1.7} />
      </ActionIcon>
    </Hint>
  )
}

function KeysButton() {
  const { t } = useTranslation()
  const keys = useAllCommands().find((c) => c.id === 'keys')
  return (
    <Hint label={t('label.act.keys')} keys={WORK_KEYS.keys}>
      <ActionIcon onClick={() => keys?.run?.()} aria-label={t('label.act.keys')}>
        <IconKeyboard size={17} stroke={1.7} />
      </ActionIcon>
    </Hint>
  )
}

/** The acts stay in their places while the next task is on its way. */
function Acts({ acts, isReview }: { acts: WorkActs; isReview: boolean }) {
  const { t } = useTranslation()
  const { settings } = useProject()
  if (isReview)
    return (
      <>
        <Hint label={t('label.act.reject_tip')} keys={WORK_KEYS.reject}>
          <Button
            variant="light"
            color="red"
            leftSection={<IconCornerUpLeft size={15} />}
            disabled={!acts.reject}
            onClick={() => acts.reject?.()}
          >
            {t('label.act.reject')}
          </Button>
        </Hint>
        <Hint label={t('label.act.approve_tip')} keys={WORK_KEYS.finish}>
          <Button leftSection={<IconCheck size={15} />} disabled={!acts.approve} onClick={() => acts.approve?.()}>
            {t('label.act.approve')}
          </Button>
        </Hint>
      </>
    )
  return (
    <>
      {settings.allow_skip && (
        <Hint label={t('label.act.skip_tip')} keys={WORK_KEYS.skip}>
          <Button
            variant="default"
            leftSection={<IconPlayerSkipForward size={15} />}
            disabled={!acts.skip}
            onClick={() => acts.skip?.()}
          >
            {t('label.act.skip')}
          </Button>
        </Hint>
      )}
      <Hint label={t('label.act.submit_tip')} keys={WORK_KEYS.finish}>
        <Button leftSection={<IconCheck size={15} />} disabled={!acts.submit} onClick={() => acts.submit?.()}>
          {t('label.act.submit')}
        </Button>
      </Hint>
    </>
  )
}

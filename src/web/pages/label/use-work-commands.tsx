// The commands of the work screen, for the palette, the keys and the `?` sheet. The editor binds its own keys.
import {
  IconArrowsDiff,
  IconBook2,
  IconCheck,
  IconCornerUpLeft,
  IconFlag,
  IconHistory,
  IconLayoutBottombar,
  IconMessagePlus,
  IconMessages,
  IconPlayerSkipForward,
  IconX,
} from '@tabler/icons-react'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { classKeys } from '../../../editor/class-keys.ts'
import type { Editor } from '../../../editor/editor.ts'
import { isCommand, KEYS, rebind } from '../../../editor/keys.ts'
import { texts } from '../../../editor/texts.ts'
import { useEditor } from '../../../editor/view/use-editor.ts'
import { type LabelClass, liveClasses } from '../../../model/label-schema.ts'
import { useOwnKeys } from '../../commands/own-keys.ts'
import { type Command, useCommands } from '../../commands/registry.ts'
import classes from './label.module.css'
import { editorKeys, registryKeys, WORK_KEYS } from './work-keys.ts'

/** null: not possible now, and not listed. */
export type WorkActs = {
  submit: (() => void) | null
  approve: (() => void) | null
  reject: (() => void) | null
  skip: (() => void) | null
  save: (() => void) | null
  history: (() => void) | null
  report: (() => void) | null
  comment: (() => void) | null
  comments: (() => void) | null
  reply: (() => void) | null
  resolve: (() => void) | null
  next_place: (() => void) | null
  previous_place: (() => void) | null
  compare: (() => void) | null
  strip: (() => void) | null
  guide: () => void
  classes: (() => void) | null
  values: () => void
  close: () => void
}

const icon = { size: 16, stroke: 1.6 }

export function useWorkCommands(acts: WorkActs, editor: Editor): void {
  const { t } = useTranslation()
  const own = useOwnKeys()
  useEffect(() => rebind(editorKeys(own)), [own])
  const latest = useRef(acts)
  latest.current = acts
  const schema = useEditor(editor, (s) => s.schema)
  // Which acts there are, as a text, so that the list is made anew only when that changes.
  const offered = Object.entries(acts)
    .filter(([, act]) => act)
    .map(([name]) => name)
    .join(' ')
  useCommands(
    useMemo(() => {
      const has = (name: keyof WorkActs) => offered.split(' ').includes(name)
      const run = (name: keyof WorkActs) => (key?: Event) => {
        // A dialog has its own Ctrl+Enter. The palette, a dialog too, comes without a key.
        if (!key || !document.querySelector('[role="dialog"][aria-modal="true"]')) latest.current[name]?.()
      }
      const acts: Command[] = [
        { id: 'work-submit', title: t('label.act.submit'), group: 'page', icon: <IconCheck {...icon} />, keys: WORK_KEYS.finish, run: run('submit') },
        { id: 'work-approve', title: t('label.act.approve'), group: 'page', icon: <IconCheck {...icon} />, keys: WORK_KEYS.finish, run: run('approve') },
        { id: 'work-reject', title: t('label.act.reject'), group: 'page', icon: <IconCornerUpLeft {...icon} />, keys: WORK_KEYS.reject, run: run('reject') },
        { id: 'work-skip', title: t('label.act.skip'), group: 'page', icon: <IconPlayerSkipForward {...icon} />, keys: WORK_KEYS.skip, run: run('skip') },
        { id: 'work-save', title: t('label.save.retry'), group: 'page', keys: WORK_KEYS.save, isKeyOnly: true, run: run('save') },
        { id: 'work-history', title: t('label.act.history'), group: 'page', icon: <IconHistory {...icon} />, keys: WORK_KEYS.history, run: run('history') },
        { id: 'work-report', title: t('label.act.report'), group: 'page', icon: <IconFlag {...icon} />, words: 'broken wrong duplicate flag', keys: WORK_KEYS.report, run: run('report') },
        { id: 'work-comment', title: t('label.act.comment'), group: 'page', icon: <IconMessagePlus {...icon} />, keys: WORK_KEYS.comment, run: run('comment') },
        { id: 'work-comments', title: t('label.act.comments'), group: 'page', icon: <IconMessages {...icon} />, keys: WORK_KEYS.comments, run: run('comments') },
        { id: 'work-reply', title: t('label.act.reply'), group: 'page', keys: WORK_KEYS.reply, isKeyOnly: true, run: run('reply') },
        { id: 'work-resolve', title: t('label.act.resolve'), group: 'page', keys: WORK_KEYS.resolve, isKeyOnly: true, run: run('resolve') },
        { id: 'work-next_place', title: t('label.act.next_place'), group: 'page', keys: WORK_KEYS.next_place, isKeyOnly: true, run: run('next_place') },
        { id: 'work-previous_place', title: t('label.act.previous_place'), group: 'page', keys: WORK_KEYS.previous_place, isKeyOnly: true, run: run('previous_place') },
        { id: 'work-compare', title: t('label.act.compare'), group: 'page', icon: <IconArrowsDiff {...icon} />, keys: WORK_KEYS.compare, run: run('compare') },
        { id: 'work-strip', title: t('label.act.strip'), group: 'page', icon: <IconLayoutBottombar {...icon} />, keys: WORK_KEYS.strip, run: run('strip') },
        { id: 'work-guide', title: t('label.act.guide'), group: 'page', icon: <IconBook2 {...icon} />, words: 'instructions help', keys: WORK_KEYS.guide, run: run('guide') },
        { id: 'work-classes', title: t('label.act.classes'), group: 'page', keys: WORK_KEYS.classes, isKeyOnly: true, run: run('classes') },
        { id: 'work-values', title: t('label.act.values'), group: 'page', keys: WORK_KEYS.values, isKeyOnly: true, run: run('values') },
        { id: 'work-close', title: t('label.act.close_tip'), group: 'page', icon: <IconX {...icon} />, keys: WORK_KEYS.close, run: run('close') },
      ] // biome-ignore format: a table
      const drawing = KEYS.map(
        (k): Command => ({
          group: 'page',
          isKeyOnly: !isCommand(k),
          isBoundElsewhere: true,
          takesOwnKeys: isCommand(k),
          run: () => void editor.act(k.id),
          id: `editor-${k.id}`,
          title: k.title,
          section: texts.groups[k.group],
          keys: registryKeys(k),
        }),
      )
      const ofClass = ({ id, name, color }: LabelClass): Command => ({
        group: 'page',
        isBoundElsewhere: true,
        id: `class-${id}`,
        title: name,
        icon: <span className={classes.classColor} style={{ background: color }} />,
        section: t('label.panel.classes'),
        words: t('label.panel.classes'),
        run: () => void editor.chooseClass(id),
      })
      const byKey = classKeys(schema)
      const withKeys = [...byKey].map(([keys, c]): Command => ({ ...ofClass(c), comesFirst: true, keys }))
      const keyed = new Set(byKey.values())
      const others = liveClasses(schema).filter((c) => !keyed.has(c)).map(ofClass) // biome-ignore format: one line
      const offeredActs = acts.filter((c) => has(c.id.slice('work-'.length) as keyof WorkActs))
      return [...offeredActs, ...withKeys, ...drawing, ...others]
    }, [t, offered, editor, schema]),
  )
}

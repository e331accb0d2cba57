// The commands of the work screen, for the palette, the keys and the `?` sheet. The editor binds its own keys.
import { IconCheck, IconCornerUpLeft, IconHistory, IconPlayerSkipForward, IconX } from '@tabler/icons-react'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Editor } from '../../../editor/editor.ts'
import { isCommand, KEYS } from '../../../editor/keys.ts'
import { texts } from '../../../editor/texts.ts'
import { type Command, useCommands } from '../../commands/registry.ts'
import { registryKeys, WORK_KEYS } from './work-keys.ts'

/** null: not possible now, and not listed. */
export type WorkActs = {
  submit: (() => void) | null
  approve: (() => void) | null
  reject: (() => void) | null
  skip: (() => void) | null
  save: (() => void) | null
  history: (() => void) | null
  close: () => void
}

const icon = { size: 16, stroke: 1.6 }

export function useWorkCommands(acts: WorkActs, editor: Editor): void {
  const { t } = useTranslation()
  const latest = useRef(acts)
  latest.current = acts
  // Which acts there are, as a text, so that the list is made anew only when that changes.
  const offered = Object.entries(acts)
    .filter(([, act]) => act)
    .map(([name]) => name)
    .join(' ')
  useCommands(
    useMemo(() => {
      const has = (name: keyof WorkActs) => offered.split(' ').includes(name)
      const run = (name: keyof WorkActs) => () => {
        // A dialog has its own Ctrl+Enter.
        if (!document.querySelector('[role="dialog"][aria-modal="true"]')) latest.current[name]?.()
      }
      const acts: Command[] = [
        { id: 'work-submit', title: t('label.act.submit'), group: 'page', icon: <IconCheck {...icon} />, keys: WORK_KEYS.finish, run: run('submit') },
        { id: 'work-approve', title: t('label.act.approve'), group: 'page', icon: <IconCheck {...icon} />, keys: WORK_KEYS.finish, run: run('approve') },
        { id: 'work-reject', title: t('label.act.reject'), group: 'page', icon: <IconCornerUpLeft {...icon} />, keys: WORK_KEYS.reject, run: run('reject') },
        { id: 'work-skip', title: t('label.act.skip'), group: 'page', icon: <IconPlayerSkipForward {...icon} />, keys: WORK_KEYS.skip, run: run('skip') },
        { id: 'work-save', title: t('label.save.retry'), group: 'page', keys: WORK_KEYS.save, isKeyOnly: true, run: run('save') },
        { id: 'work-history', title: t('label.act.history'), group: 'page', icon: <IconHistory {...icon} />, keys: WORK_KEYS.history, run: run('history') },
        { id: 'work-close', title: t('label.act.close_tip'), group: 'page', icon: <IconX {...icon} />, keys: WORK_KEYS.close, run: run('close') },
      ] // biome-ignore format: a table
      const drawing = KEYS.map(
        (k): Command => ({
          group: 'page',
          isKeyOnly: !isCommand(k),
          isBoundElsewhere: true,
          run: () => void editor.act(k.id),
          id: `editor-${k.id}`,
          title: k.title,
          section: texts.groups[k.group],
          keys: registryKeys(k),
        }),
      )
      return [...acts.filter((c) => has(c.id.slice('work-'.length) as keyof WorkActs)), ...drawing]
    }, [t, offered, editor]),
  )
}

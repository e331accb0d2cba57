// What can be done with a column, from its header: sort, pin, move, hide.
import { Menu } from '@mantine/core'
import {
  IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowUp, IconEyeOff, IconPin, IconPinnedOff, IconX,
} from '@tabler/icons-react' // biome-ignore format: one list
import { useTranslation } from 'react-i18next'
import { TASK_FIELDS, type TaskFieldName } from '../../../../model/task-fields.ts'
import { type ColumnsState, isAlwaysThere, isPinned, nudged, withPinned, withShown } from '../columns-state.ts'

type Props = {
  name: TaskFieldName
  /** The header's place on the screen. */
  at: DOMRect
  state: ColumnsState
  sort: string | undefined
  onChange: (state: ColumnsState) => void
  onSort: (sort: string | undefined) => void
  onClose: () => void
}

const icon = { size: 14, stroke: 1.7 }

export default function ColumnMenu({ name, at, state, sort, onChange, onSort, onClose }: Props) {
  const { t } = useTranslation()
  const isOn = isPinned(state, name)
  const left = nudged(state, name, -1)
  const right = nudged(state, name, 1)
  return (
    <Menu opened onClose={onClose} position="bottom-start" width={220} offset={2} returnFocus>
      <Menu.Target>
        <span
          aria-hidden
          style={{ position: 'fixed', left: at.left, top: at.top, width: at.width, height: at.height, zIndex: -1 }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('tasks.columns.menu', { title: TASK_FIELDS[name].title })}>
        <Menu.Label>{TASK_FIELDS[name].title}</Menu.Label>
        {TASK_FIELDS[name].sortable && (
          <>
            <Menu.Item leftSection={<IconArrowUp {...icon} />} disabled={sort === name} onClick={() => onSort(name)}>
              {t('tasks.columns.sort_up')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowDown {...icon} />}
              disabled={sort === `-${name}`}
              onClick={() => onSort(`-${name}`)}
            >
              {t('tasks.columns.sort_down')}
            </Menu.Item>
            {(sort === name || sort === `-${name}`) && (
              <Menu.Item leftSection={<IconX {...icon} />} onClick={() => onSort(undefined)}>
                {t('tasks.columns.sort_usual')}
              </Menu.Item>
            )}
            <Menu.Divider />
          </>
        )}
        {!isAlwaysThere(name) && (
          <Menu.Item
            leftSection={isOn ? <IconPinnedOff {...icon} /> : <IconPin {...icon} />}
            onClick={() => onChange(withPinned(state, name, !isOn))}
          >
            {t(isOn ? 'tasks.columns.unpin' : 'tasks.columns.pin')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconArrowLeft {...icon} />} disabled={left === state} onClick={() => onChange(left)}>
          {t('tasks.columns.move_left')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowRight {...icon} />}
          disabled={right === state}
          onClick={() => onChange(right)}
        >
          {t('tasks.columns.move_right')}
        </Menu.Item>
        {!isAlwaysThere(name) && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconEyeOff {...icon} />} onClick={() => onChange(withShown(state, name, false))}>
              {t('tasks.columns.hide')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

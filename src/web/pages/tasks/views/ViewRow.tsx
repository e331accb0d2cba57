// One view in the panel: open it, make it what the page opens with, and what else may be done with it.
import { ActionIcon, Menu } from '@mantine/core'
import { IconCheck, IconDots, IconStar, IconStarFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ProjectRole } from '../../../../model/permission.ts'
import { VIEWING_ROLES } from '../../../../model/task-view.ts'
import { notifyFailed } from '../../../ui/notify.tsx'
import type { TaskView, TaskViews } from './open-view.ts'
import { useCopyLink } from './use-copy-link.ts'
import type { useViewActs } from './use-view-acts.ts'
import classes from './views.module.css'

type Common = { name: string; isOpen: boolean; isDefault: boolean; onOpen: () => void; onStar: () => void }
type More = {
  view: TaskView
  views: TaskViews | undefined
  role: ProjectRole
  acts: ReturnType<typeof useViewActs>
  onRename: () => void
  onDelete: () => void
}
type Props = Common & (More | { view?: undefined })

export function ViewRow({ name, isOpen, isDefault, onOpen, onStar, ...more }: Props) {
  const { t } = useTranslation()
  const star = t(isDefault ? 'views.panel.no_default' : 'views.panel.make_default', { name })
  return (
    <div className={classes.row} data-open={isOpen || undefined}>
      <button type="button" data-view className={classes.open} aria-current={isOpen || undefined} onClick={onOpen}>
        <span className={classes.name}>{name}</span>
        {more.view && <Facts view={more.view} views={more.views} />}
      </button>
      <ActionIcon
        variant="subtle"
        color={isDefault ? 'yellow' : 'gray'}
        aria-pressed={isDefault}
        aria-label={star}
        title={star}
        onClick={onStar}
      >
        {isDefault ? <IconStarFilled size={15} /> : <IconStar size={15} />}
      </ActionIcon>
      {more.view ? <MoreMenu {...more} /> : <span className={classes.noMenu} />}
    </div>
  )
}

/** Whose it is, and whose page opens with it. */
function Facts({ view, views }: Pick<More, 'view' | 'views'>) {
  const { t } = useTranslation()
  const roles = VIEWING_ROLES.filter((r) => views?.role_defaults[r] === view.id).map((r) => t(`views.panel.roles.${r}`))
  const facts = [
    ...(view.is_shared ? [t('views.panel.by', { name: view.owner_name })] : []),
    ...(roles.length > 0 ? [t('views.panel.default_of', { roles: roles.join(', ') })] : []),
  ]
  return facts.length > 0 ? <span className={classes.facts}>{facts.join(' · ')}</span> : null
}

function MoreMenu({ view, views, role, acts, onRename, onDelete }: More) {
  const { t } = useTranslation()
  const copyLink = useCopyLink()
  const { name } = view
  const share = (is_shared: boolean) => acts.change.mutate({ view, is_shared }, { onError: notifyFailed })
  return (
    // Inside the panel, so that a press in it is no press outside of the panel.
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('views.panel.more', { name })}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void copyLink({ view: view.id })}>{t('views.panel.copy_link')}</Menu.Item>
        {view.may_change && <Menu.Item onClick={onRename}>{t('views.panel.rename')}</Menu.Item>}
        {view.may_change && !view.is_shared && (
          <Menu.Item onClick={() => share(true)}>{t('views.panel.share')}</Menu.Item>
        )}
        {view.is_shared && view.may_make_private && (
          <Menu.Item onClick={() => share(false)}>{t('views.panel.make_private')}</Menu.Item>
        )}
        {role === 'manager' && view.is_shared && (
          <>
            <Menu.Divider />
            {VIEWING_ROLES.map((of) => {
              const isOn = views?.role_defaults[of] === view.id
              return (
                <Menu.Item
                  key={of}
                  role="menuitemcheckbox"
                  aria-checked={isOn}
                  rightSection={isOn ? <IconCheck size={14} /> : null}
                  onClick={() => acts.setRoleDefault.mutate({ view, role: of, isOn: !isOn })}
                >
                  {t('views.panel.default_for', { roles: t(`views.panel.roles.${of}`) })}
                </Menu.Item>
              )
            })}
          </>
        )}
        {view.may_change && (
          <>
            <Menu.Divider />
            <Menu.Item color="red" onClick={onDelete}>
              {t('views.panel.delete')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

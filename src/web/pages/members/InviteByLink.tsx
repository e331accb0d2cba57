// Makes an invitation link and shows it once. For a project or for an organization.
import { Button, Radio, Stack, Text, TextInput } from '@mantine/core'
import type { QueryKey } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrganizationRole, ProjectRole } from '../../../model/permission.ts'
import type { ReplyOf } from '../../queries.ts'
import { FormError } from '../../ui/ErrorState.tsx'
import { Secret } from '../../ui/Secret.tsx'
import { useAct } from '../../use-act.ts'
import { useFields } from '../../use-fields.ts'

type Role = ProjectRole | OrganizationRole
type Props<R extends Role> = {
  roles: readonly R[]
  defaultRole: R
  invite: (role: R, email: string | undefined) => Promise<ReplyOf<'create_invitation'>>
  refreshes: QueryKey[]
  onClose: () => void
}

export function InviteByLink<R extends Role>({ roles, defaultRole, invite, refreshes, onClose }: Props<R>) {
  const { t } = useTranslation()
  const { values, text, set } = useFields({ role: defaultRole as string, email: '' })
  const create = useAct(() => invite(values.role as R, values.email.trim() || undefined), {
    refreshes,
    isErrorShown: true,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate()
  }
  if (create.data)
    return (
      <Stack gap="md">
        <Secret label={t('members.copy_link')} value={create.data.link} hint={t('members.link_once')} />
        <Button variant="default" onClick={onClose} style={{ alignSelf: 'flex-end' }}>
          {t('action.close')}
        </Button>
      </Stack>
    )
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text c="dimmed">{t('members.invite_text')}</Text>
        <Radio.Group label={t('field.role')} value={values.role} onChange={(role) => set('role', role)}>
          <Stack gap={6} mt={6}>
            {(roles as readonly Role[]).map((role) => (
              <Radio
                key={role}
                value={role}
                label={t(`role.${role}`)}
                description={t(`role_text.${role}`)}
                data-autofocus={role === defaultRole || undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          label={t('field.email')}
          description={t('members.email_hint')}
          type="email"
          maxLength={254}
          {...text('email')}
        />
        <FormError error={create.error} />
        <Button type="submit" loading={create.isPending} style={{ alignSelf: 'flex-end' }}>
          {t('members.create_link')}
        </Button>
      </Stack>
    </form>
  )
}

// A person for the project: by an invitation link, or from the organization (for those who may see its people).
import { Button, Radio, Select, Stack, Tabs, Text } from '@mantine/core'
import { type QueryKey, useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { PROJECT_ROLES, type ProjectRole } from '../../../model/permission.ts'
import { api } from '../../api.ts'
import { membersQuery, type ReplyOf } from '../../queries.ts'
import { useMayInOrganization, useProject } from '../../session.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormError } from '../../ui/ErrorState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { FormSkeleton } from '../../ui/Skeletons.tsx'
import { useAct } from '../../use-act.ts'
import { useFields } from '../../use-fields.ts'
import { InviteByLink } from './InviteByLink.tsx'

type Members = ReplyOf<'list_project_members'>
type Props = { members: Members; invitationsKey: QueryKey; onClose: () => void }

export default function AddMember(props: Props) {
  const { t } = useTranslation()
  const { name } = useProject()
  return (
    <Dialog onClose={props.onClose} title={t('members.invite_title', { name })}>
      <Ways {...props} />
    </Dialog>
  )
}

function Ways({ members, invitationsKey, onClose }: Props) {
  const { t } = useTranslation()
  const project = useProject()
  const maySeePeople = useMayInOrganization(project.organization_id, 'manage_members')
  const byLink = (
    <InviteByLink
      roles={PROJECT_ROLES}
      defaultRole="labeler"
      invite={(project_role, email) =>
        api.create_project_invitation({ project_id: project.id, project_role, ...(email ? { email } : {}) })
      }
      refreshes={[invitationsKey]}
      onClose={onClose}
    />
  )
  if (!maySeePeople) return byLink
  return (
    <Tabs defaultValue="link" keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="link">{t('members.by_link')}</Tabs.Tab>
        <Tabs.Tab value="existing">{t('members.add_existing')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="link">{byLink}</Tabs.Panel>
      <Tabs.Panel value="existing">
        <FromOrganization members={members} onClose={onClose} />
      </Tabs.Panel>
    </Tabs>
  )
}

function FromOrganization({ members, onClose }: { members: Members; onClose: () => void }) {
  const { t } = useTranslation()
  const { organization_id } = useProject()
  const people = useQuery({
    queryKey: ['organization', organization_id, 'members'],
    queryFn: ({ signal }) => api.list_organization_members({ organization_id }, { signal }),
  })
  const others = (list: ReplyOf<'list_organization_members'>) => list.filter((p) => !members.some((m) => m.id === p.id))
  return (
    <Loaded query={people} skeleton={<FormSkeleton fields={2} />}>
      {(list) =>
        others(list).length === 0 ? (
          <Text c="dimmed">{t('members.nobody_else')}</Text>
        ) : (
          <AddForm people={others(list)} onClose={onClose} />
        )
      }
    </Loaded>
  )
}

function AddForm({ people, onClose }: { people: ReplyOf<'list_organization_members'>; onClose: () => void }) {
  const { t } = useTranslation()
  const { id: project_id } = useProject()
  const { values, set } = useFields({ person: null as string | null, role: 'labeler' as ProjectRole })
  const add = useAct(
    () => api.set_project_member({ project_id, person_id: Number(values.person), role: values.role }),
    {
      refreshes: [membersQuery(project_id).queryKey],
      done: () => t('members.added', { name: people.find((p) => p.id === Number(values.person))?.name ?? '' }),
      isErrorShown: true,
      onDone: onClose,
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Select
          label={t('field.person')}
          searchable
          data={people.map((p) => ({ value: String(p.id), label: `${p.name} · ${p.email}` }))}
          value={values.person}
          onChange={(person) => set('person', person)}
        />
        <Radio.Group label={t('field.role')} value={values.role} onChange={(role) => set('role', role as ProjectRole)}>
          <Stack gap={6} mt={6}>
            {PROJECT_ROLES.map((role) => (
              <Radio key={role} value={role} label={t(`role.${role}`)} description={t(`role_text.${role}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <FormError error={add.error} />
        <Button
          type="submit"
          loading={add.isPending}
          disabled={values.person === null}
          style={{ alignSelf: 'flex-end' }}
        >
          {t('members.add_act')}
        </Button>
      </Stack>
    </form>
  )
}

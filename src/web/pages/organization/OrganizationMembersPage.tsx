// The people of an organization, for its owners and admins; invitation links.
import { Button, Select, Table, Text, VisuallyHidden } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../../contract/client.ts'
import type { OrganizationRole } from '../../../model/permission.ts'
import { api } from '../../api.ts'
import { type ReplyOf, sessionQuery } from '../../queries.ts'
import { useMayInOrganization, useMe, useSession } from '../../session.tsx'
import { Age } from '../../ui/Age.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { lazyPart, usePreload } from '../../ui/lazy-part.tsx'
import { Page } from '../../ui/Page.tsx'
import { useAct } from '../../use-act.ts'
import { Invitations } from '../members/Invitations.tsx'
import { MemberName } from '../members/MemberName.tsx'
import { grantable } from './grantable.ts'

const InvitePerson = lazyPart(() => import('./InvitePerson.tsx'))
const PARTS = [InvitePerson]

type Member = ReplyOf<'list_organization_members'>[number]

export default function OrganizationMembersPage() {
  const { t } = useTranslation()
  usePreload(PARTS)
  const organization_id = Number(useParams({ from: '/app/organization/$organization_id/members' }).organization_id)
  const organization = useSession().organizations.find((o) => o.id === organization_id)
  const mayManage = useMayInOrganization(organization_id, 'manage_members')
  const [isInviting, setInviting] = useState(false)
  const membersKey = ['organization', organization_id, 'members']
  const invitationsKey = ['organization', organization_id, 'invitations']
  const members = useQuery({
    queryKey: membersKey,
    queryFn: ({ signal }) => api.list_organization_members({ organization_id }, { signal }),
    enabled: mayManage,
  })
  const invitations = useQuery({
    queryKey: invitationsKey,
    queryFn: ({ signal }) => api.list_invitations({ organization_id }, { signal }),
    enabled: mayManage,
  })
  const withdraw = useAct((invitation_id: number) => api.delete_invitation({ organization_id, invitation_id }), {
    refreshes: [invitationsKey],
  })
  if (!organization || !mayManage) return <ErrorState isPage error={new ApiError(organization ? 403 : 404, {})} />
  return (
    <Page
      title={t('organization.title')}
      description={organization.name}
      actions={
        <Button leftSection={<IconUserPlus size={14} />} onClick={() => setInviting(true)}>
          {t('members.invite')}
        </Button>
      }
    >
      <Loaded query={members}>
        {(list) => (
          <Table mb="xl" layout="fixed">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('field.person')}</Table.Th>
                <Table.Th>{t('field.email')}</Table.Th>
                <Table.Th w={170}>{t('field.role')}</Table.Th>
                <Table.Th w={110}>{t('field.joined')}</Table.Th>
                <Table.Th w={100}>
                  <VisuallyHidden>{t('action.remove')}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.map((m) => (
                <MemberRow key={m.id} member={m} organization_id={organization_id} myRole={organization.role} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
      {invitations.data && <Invitations invitations={invitations.data} onWithdraw={(id) => withdraw.mutate(id)} />}
      {isInviting && <InvitePerson organization={organization} onClose={() => setInviting(false)} />}
    </Page>
  )
}

function MemberRow({
  member,
  organization_id,
  myRole,
}: {
  member: Member
  organization_id: number
  myRole: OrganizationRole
}) {
  const { t } = useTranslation()
  const me = useMe()
  const refreshes = [
    ['organization', organization_id, 'members'],
    ...(member.id === me.id ? [sessionQuery.queryKey] : []),
  ]
  const setRole = useAct(
    (role: OrganizationRole) => api.set_organization_member({ organization_id, person_id: member.id, role }),
    {
      refreshes,
      done: (_, role) => t('members.role_changed', { name: member.name, role: t(`role.${role}`) }),
    },
  )
  const remove = useAct(() => api.remove_organization_member({ organization_id, person_id: member.id }), {
    refreshes,
    done: t('members.removed', { name: member.name }),
  })
  const isFixed = member.role === 'owner' && myRole !== 'owner'
  return (
    <Table.Tr>
      <Table.Td>
        <MemberName id={member.id} name={member.name} isMe={member.id === me.id} />
      </Table.Td>
      <Table.Td>
        <Text c="dimmed" truncate title={member.email}>
          {member.email}
        </Text>
      </Table.Td>
      <Table.Td>
        {isFixed ? (
          t(`role.${member.role}`)
        ) : (
          <Select
            w={140}
            aria-label={t('members.role_of', { name: member.name })}
            data={grantable(myRole).map((value) => ({ value, label: t(`role.${value}`) }))}
            value={setRole.isPending ? setRole.variables : member.role}
            onChange={(role) => role && role !== member.role && setRole.mutate(role as OrganizationRole)}
          />
        )}
      </Table.Td>
      <Table.Td>
        <Age moment={member.joined_at} />
      </Table.Td>
      <Table.Td ta="right">
        {!isFixed && (
          <ConfirmButton
            question={t('members.remove_from_organization', { name: member.name })}
            act={t('schema.remove', { name: member.name })}
            onConfirm={() => remove.mutate()}
            aria-label={t('schema.remove', { name: member.name })}
          >
            {t('action.remove')}
          </ConfirmButton>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

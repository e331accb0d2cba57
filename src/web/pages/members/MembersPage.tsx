// Who is in the project, in which role; open invitation links.
import { Button, Select, Table, Text, VisuallyHidden } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PROJECT_ROLES, type ProjectRole } from '../../../model/permission.ts'
import { api } from '../../api.ts'
import { membersQuery, projectQuery, projectsQuery, type ReplyOf } from '../../queries.ts'
import { useMay, useMe, useProject } from '../../session.tsx'
import { Age } from '../../ui/Age.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { lazyPart, usePreload } from '../../ui/lazy-part.tsx'
import { Page } from '../../ui/Page.tsx'
import { useAct } from '../../use-act.ts'
import { Invitations } from './Invitations.tsx'
import { MemberName } from './MemberName.tsx'

const AddMember = lazyPart(() => import('./AddMember.tsx'))
const PARTS = [AddMember]

type Member = ReplyOf<'list_project_members'>[number]

export default function MembersPage() {
  const { t } = useTranslation()
  const project = useProject()
  usePreload(PARTS)
  const mayManage = useMay('manage_project')
  const [isAdding, setAdding] = useState(false)
  const members = useQuery(membersQuery(project.id))
  const key = ['project', project.id, 'invitations']
  const invitations = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.list_project_invitations({ project_id: project.id }, { signal }),
    enabled: mayManage,
  })
  const withdraw = useAct(
    (invitation_id: number) => api.delete_project_invitation({ project_id: project.id, invitation_id }),
    { refreshes: [key] },
  )
  return (
    <Page
      title={t('members.title')}
      actions={
        mayManage && (
          <Button leftSection={<IconUserPlus size={14} />} onClick={() => setAdding(true)}>
            {t('members.add')}
          </Button>
        )
      }
    >
      <Loaded query={members}>
        {(list) => (
          <Table mb="xl" layout="fixed">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('field.person')}</Table.Th>
                <Table.Th>{t('field.email')}</Table.Th>
                <Table.Th w={270}>{t('field.role')}</Table.Th>
                <Table.Th w={110}>{t('field.joined')}</Table.Th>
                {mayManage && (
                  <Table.Th w={100}>
                    <VisuallyHidden>{t('action.remove')}</VisuallyHidden>
                  </Table.Th>
                )}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.map((m) => (
                <MemberRow key={m.id} member={m} mayManage={mayManage} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
      {mayManage && invitations.data && (
        <Invitations invitations={invitations.data} onWithdraw={(id) => withdraw.mutate(id)} />
      )}
      {isAdding && <AddMember members={members.data ?? []} invitationsKey={key} onClose={() => setAdding(false)} />}
    </Page>
  )
}

function MemberRow({ member, mayManage }: { member: Member; mayManage: boolean }) {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const { id: project_id } = useProject()
  const isMe = member.id === me.id
  // One's own role decides what the frame and the pages show.
  const refreshes = [
    membersQuery(project_id).queryKey,
    ...(isMe ? [projectQuery(project_id).queryKey, projectsQuery.queryKey] : []),
  ]
  const setRole = useAct((role: ProjectRole) => api.set_project_member({ project_id, person_id: member.id, role }), {
    refreshes,
    done: (_, role) => t('members.role_changed', { name: member.name, role: t(`role.${role}`) }),
  })
  const remove = useAct(() => api.remove_project_member({ project_id, person_id: member.id }), {
    refreshes,
    done: t('members.removed', { name: member.name }),
    onDone: () => isMe && void navigate({ to: '/projects' }),
  })
  const isFixed = member.is_inherited || !mayManage
  return (
    <Table.Tr>
      <Table.Td>
        <MemberName id={member.id} name={member.name} isMe={isMe} />
      </Table.Td>
      <Table.Td>
        <Text c="dimmed" truncate title={member.email}>
          {member.email}
        </Text>
      </Table.Td>
      <Table.Td>
        {isFixed ? (
          <span title={member.is_inherited ? t('members.inherited_text') : undefined}>
            {t(`role.${member.role}`)}
            {member.is_inherited && <Text span c="dimmed">{` · ${t('members.inherited')}`}</Text>}
          </span>
        ) : (
          <Select
            w={150}
            aria-label={t('members.role_of', { name: member.name })}
            data={PROJECT_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
            value={setRole.isPending ? setRole.variables : member.role}
            onChange={(role) => role && role !== member.role && setRole.mutate(role as ProjectRole)}
          />
        )}
      </Table.Td>
      <Table.Td>
        <Age moment={member.joined_at} />
      </Table.Td>
      {mayManage && (
        <Table.Td ta="right">
          {!member.is_inherited && (
            <ConfirmButton
              question={t('members.remove_question', { name: member.name })}
              act={t('schema.remove', { name: member.name })}
              onConfirm={() => remove.mutate()}
              aria-label={t('schema.remove', { name: member.name })}
            >
              {t('action.remove')}
            </ConfirmButton>
          )}
        </Table.Td>
      )}
    </Table.Tr>
  )
}

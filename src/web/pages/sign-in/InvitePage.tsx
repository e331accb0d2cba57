// An invitation link: what it offers, then join as who is signed in, or with a new account.
import { Button, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate, useParams } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { enterAs, type ReplyOf, type Session, sessionQuery } from '../../queries.ts'
import { FormError } from '../../ui/ErrorState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { FormSkeleton } from '../../ui/Skeletons.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { useAct } from '../../use-act.ts'
import { useFields } from '../../use-fields.ts'
import { AccountFields } from './AccountFields.tsx'
import { BarePage } from './BarePage.tsx'

export default function InvitePage() {
  const { t } = useTranslation()
  const { token } = useParams({ from: '/invite/$token' })
  const session = useQuery(sessionQuery)
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => api.get_invitation({ token }, { signal }),
    retry: false,
  })
  const organization = invitation.data?.organization_name ?? 'PixlHub'
  return (
    <BarePage title={t('invite.title', { organization: invitation.data?.project_name ?? organization })}>
      <Loaded query={invitation} skeleton={<FormSkeleton fields={3} />}>
        {(offer) => (
          <Loaded query={session} skeleton={<FormSkeleton fields={3} />}>
            {(s) => <Offer offer={offer} session={s} token={token} />}
          </Loaded>
        )}
      </Loaded>
    </BarePage>
  )
}

type OfferProps = { offer: ReplyOf<'get_invitation'>; session: Session; token: string }

function Offer({ offer, session, token }: OfferProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { href } = useLocation()
  const accept = useAct(
    (account?: { name: string; email: string; password: string }) =>
      api.accept_invitation(account ? { token, account } : { token }),
    {
      isErrorShown: true,
      onDone: (reply) => {
        enterAs(client, reply)
        void navigate({ to: '/' })
      },
    },
  )
  const names = { person: offer.invited_by, organization: offer.organization_name, project: offer.project_name ?? '' }
  return (
    <>
      <Text>
        {offer.project_name && offer.project_role
          ? t('invite.project', { ...names, role: t(`role.${offer.project_role}`) })
          : t('invite.organization', { ...names, role: t(`role.${offer.organization_role}`) })}
      </Text>
      {offer.email && <Text c="dimmed">{t('invite.only_for', { email: offer.email })}</Text>}
      {session.person ? (
        <>
          <Text c="dimmed">{t('invite.signed_in_as', { email: session.person.email })}</Text>
          <FormError error={accept.error} />
          <Button loading={accept.isPending} onClick={() => accept.mutate(undefined)}>
            {t('invite.join')}
          </Button>
        </>
      ) : (
        <>
          <NewAccount
            email={offer.email ?? ''}
            isEmailFixed={offer.email !== null}
            isPending={accept.isPending}
            error={accept.error}
            onCreate={accept.mutate}
          />
          <TextLink to="/sign-in" search={{ next: href }}>
            {t('invite.have_account')}
          </TextLink>
        </>
      )}
    </>
  )
}

type NewAccountProps = {
  email: string
  isEmailFixed: boolean
  isPending: boolean
  error: unknown
  onCreate: (account: { name: string; email: string; password: string }) => void
}

function NewAccount({ email, isEmailFixed, isPending, error, onCreate }: NewAccountProps) {
  const { t } = useTranslation()
  const { values, text } = useFields({ name: '', email, password: '' })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onCreate(values)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <AccountFields text={text} isNameFocused isEmailFixed={isEmailFixed} />
        <FormError error={error} />
        <Button type="submit" loading={isPending} mt={4}>
          {t('invite.create')}
        </Button>
      </Stack>
    </form>
  )
}

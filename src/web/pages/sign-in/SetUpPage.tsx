// The one-time link of the first start: creates the owner's account and the first organization.
import { Alert, Button, Stack, Text, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { enterAs, sessionQuery } from '../../queries.ts'
import { FormError } from '../../ui/ErrorState.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { useAct } from '../../use-act.ts'
import { useFields } from '../../use-fields.ts'
import { AccountFields } from './AccountFields.tsx'
import { BarePage } from './BarePage.tsx'

export default function SetUpPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { token } = useParams({ from: '/set-up/$token' })
  const session = useQuery(sessionQuery)
  const { values, text } = useFields({ organization_name: '', name: '', email: '', password: '' })
  const setUp = useAct(() => api.set_up({ token, ...values }), {
    isErrorShown: true,
    onDone: (reply) => {
      enterAs(client, reply)
      void navigate({ to: '/projects' })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setUp.mutate()
  }
  if (session.data && !session.data.needs_setup && !setUp.isSuccess)
    return (
      <BarePage title={t('set_up.title')}>
        <Alert>{t('set_up.done')}</Alert>
        <TextLink to="/sign-in">{t('sign_in.act')}</TextLink>
      </BarePage>
    )
  return (
    <BarePage title={t('set_up.title')}>
      <Text c="dimmed">{t('set_up.text')}</Text>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t('set_up.organization')}
            description={t('set_up.organization_hint')}
            required
            withAsterisk={false}
            maxLength={200}
            autoFocus
            {...text('organization_name')}
          />
          <AccountFields text={text} />
          <FormError error={setUp.error} />
          <Button type="submit" loading={setUp.isPending} mt={4}>
            {t('set_up.act')}
          </Button>
        </Stack>
      </form>
    </BarePage>
  )
}

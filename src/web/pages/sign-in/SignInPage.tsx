// Sign-in by e-mail and password, then back to where the person was.
import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { enterAs, sessionQuery } from '../../queries.ts'
import { FormError } from '../../ui/ErrorState.tsx'
import { useAct } from '../../use-act.ts'
import { useFields } from '../../use-fields.ts'
import { BarePage } from './BarePage.tsx'

export default function SignInPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const router = useRouter()
  const navigate = useNavigate()
  const { next } = useSearch({ from: '/sign-in' })
  const session = useQuery(sessionQuery)
  const { values, text } = useFields({ email: '', password: '' })
  const signIn = useAct(() => api.sign_in(values), {
    isErrorShown: true,
    onDone: (reply) => {
      enterAs(client, reply)
      if (next) router.history.push(next)
      else void navigate({ to: '/' })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate()
  }
  return (
    <BarePage title={t('sign_in.title')}>
      {session.data?.needs_setup ? (
        <Alert>{t('sign_in.needs_setup')}</Alert>
      ) : (
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              label={t('field.email')}
              type="email"
              autoComplete="username"
              required
              withAsterisk={false}
              autoFocus
              {...text('email')}
            />
            <PasswordInput
              label={t('field.password')}
              autoComplete="current-password"
              required
              withAsterisk={false}
              {...text('password')}
            />
            <FormError error={signIn.error} />
            <Button type="submit" loading={signIn.isPending} mt={4}>
              {t('sign_in.act')}
            </Button>
            <Text c="dimmed" size="xs">
              {t('sign_in.hint')}
            </Text>
          </Stack>
        </form>
      )}
    </BarePage>
  )
}

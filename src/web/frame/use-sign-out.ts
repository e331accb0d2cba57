// Ends the session and forgets everything that was loaded with it.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../api.ts'
import { useAct } from '../use-act.ts'

export function useSignOut() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useAct(() => api.sign_out({}), {
    onDone: async () => {
      await navigate({ to: '/sign-in', search: {}, ignoreBlocker: true })
      client.clear()
    },
  })
}

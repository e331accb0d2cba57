// Ends the session, once open work is saved, and forgets everything that was loaded with it.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../api.ts'
import { mayEndSession } from '../before-sign-out.ts'
import { personGone } from '../person-here.ts'
import { useAct } from '../use-act.ts'

export function useSignOut() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const signOut = async () => {
    if (!(await mayEndSession())) return false
    await api.sign_out({})
    return true
  }
  return useAct(signOut, {
    onDone: async (isOut) => {
      if (!isOut) return
      await navigate({ to: '/sign-in', search: {}, ignoreBlocker: true })
      client.clear()
      personGone()
    },
  })
}

// An act of a person: calls the server, refreshes what it changed, says what failed.
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { notifyDone, notifyFailed } from './ui/notify.tsx'

type Options<R, V> = {
  /** Query keys that the act makes old. */
  refreshes?: QueryKey[]
  /** A sentence for the toast, or nothing. */
  done?: string | ((reply: R, input: V) => string | null)
  onDone?: (reply: R, input: V) => void
  /** The form shows the error itself. */
  isErrorShown?: boolean
}

export function useAct<R, V = void>(act: (input: V) => Promise<R>, options: Options<R, V> = {}) {
  const client = useQueryClient()
  return useMutation<R, Error, V>({
    mutationFn: act,
    onSuccess: async (reply, input) => {
      const text = typeof options.done === 'function' ? options.done(reply, input) : options.done
      if (text) notifyDone(text)
      options.onDone?.(reply, input)
      await Promise.all((options.refreshes ?? []).map((queryKey) => client.invalidateQueries({ queryKey })))
    },
    onError: (error) => {
      if (!options.isErrorShown) notifyFailed(error)
    },
  })
}

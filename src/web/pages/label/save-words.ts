// What the save state says.
import { ApiError } from '../../../contract/client.ts'
import { OFFLINE } from '../../offline.ts'
import type { SaveState } from './save-scheduler.ts'

export type SaveWord = 'none' | 'saved' | 'changed' | 'saving' | 'offline' | 'signed_out' | 'server' | 'refused'

export function saveWord(state: SaveState): SaveWord {
  switch (state.at) {
    case 'saved':
      return state.moment === null ? 'none' : 'saved'
    case 'retrying': {
      const code = state.error instanceof ApiError ? state.error.code : OFFLINE
      return code === OFFLINE ? 'offline' : code === 'not_signed_in' ? 'signed_out' : 'server'
    }
    default:
      return state.at
  }
}

export const isTrouble = (word: SaveWord): boolean => ['offline', 'signed_out', 'server', 'refused'].includes(word)

// Handlers of contract/people.ts.
import type { peopleEndpoints } from '../../contract/people.ts'
import type { Handlers } from '../handler.ts'
import { accountHandlers } from './account-handlers.ts'
import { invitationHandlers } from './invitation-handlers.ts'
import { memberHandlers } from './member-handlers.ts'

export const peopleHandlers = {
  ...accountHandlers,
  ...memberHandlers,
  ...invitationHandlers,
} satisfies Pick<Handlers, keyof typeof peopleEndpoints>

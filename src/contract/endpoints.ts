// The one table of endpoints. All paths stand under /api.
import { assetEndpoints } from './assets.ts'
import { operationEndpoints } from './operations.ts'
import { peopleEndpoints } from './people.ts'
import { projectEndpoints } from './projects.ts'
import { taskEndpoints } from './tasks.ts'

export const endpoints = {
  ...peopleEndpoints,
  ...projectEndpoints,
  ...assetEndpoints,
  ...taskEndpoints,
  ...operationEndpoints,
}
export type Endpoints = typeof endpoints
export type EndpointName = keyof Endpoints

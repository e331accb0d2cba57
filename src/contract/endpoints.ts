// The one table of endpoints. All paths stand under /api.
import { assetEndpoints } from './assets.ts'
import { auditEndpoints } from './audit.ts'
import { commentEndpoints } from './comments.ts'
import { guideEndpoints } from './guide.ts'
import { liveEndpoints } from './live.ts'
import { operationEndpoints } from './operations.ts'
import { peopleEndpoints } from './people.ts'
import { predictionEndpoints } from './predictions.ts'
import { problemEndpoints } from './problems.ts'
import { projectEndpoints } from './projects.ts'
import { splitRunEndpoints } from './split-runs.ts'
import { taskEndpoints } from './tasks.ts'
import { viewEndpoints } from './views.ts'

export const endpoints = {
  ...peopleEndpoints,
  ...projectEndpoints,
  ...assetEndpoints,
  ...taskEndpoints,
  ...operationEndpoints,
  ...splitRunEndpoints,
  ...commentEndpoints,
  ...problemEndpoints,
  ...auditEndpoints,
  ...liveEndpoints,
  ...viewEndpoints,
  ...guideEndpoints,
  ...predictionEndpoints,
}
export type Endpoints = typeof endpoints
export type EndpointName = keyof Endpoints

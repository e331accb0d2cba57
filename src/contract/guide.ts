// The guide of a project: what to label and how, in Markdown with images.
import { Type } from 'typebox'
import { GUIDE_TEXT_MAX } from '../model/guide.ts'
import { Count, Fields, Id, Moment, Nullable, SmallCount } from '../model/schema.ts'
import { endpointTable, inProject } from './endpoint.ts'

const project = Fields({ project_id: Id })
const imageOf = Fields({ project_id: Id, image_id: Id })

const GuideImageSchema = Fields({
  /** The text shows it as `![caption](image:ID)`. */
  id: Id,
  width: Count,
  height: Count,
  byte_size: Count,
})

export const GuideSchema = Fields({
  /** Markdown; empty while nobody wrote one. */
  text: Type.String(),
  /** 0 while nobody wrote one. Sent back with a change; a stale one is refused. */
  version: Count,
  updated_at: Nullable(Moment),
  updated_by_name: Nullable(Type.String()),
  /** The newest version that the caller has read; 0 for none. */
  read_version: Count,
  /** In the order in which they came. */
  images: Type.Array(GuideImageSchema),
})

export const guideEndpoints = endpointTable({
  get_guide: { method: 'GET', path: '/projects/:project_id/guide', summary: 'The guide, with its images', tag: 'Guide', access: inProject('view_project'), params: project, reply: GuideSchema },
  /** 409 `stale_guide` with `changed_by` if somebody saved it since `version`. The caller counts as having read what they save. */
  put_guide: {
    method: 'PUT', path: '/projects/:project_id/guide', summary: 'Replace the guide’s text, at most 100 KB', tag: 'Guide', access: inProject('manage_project'), params: project,
    body: Fields({ version: SmallCount, text: Type.String({ maxLength: GUIDE_TEXT_MAX }) }), reply: GuideSchema,
  },
  mark_guide_read: {
    method: 'POST', path: '/projects/:project_id/guide/read', summary: 'I have read the guide up to this version', tag: 'Guide', access: inProject('view_project'), params: project,
    body: Fields({ version: SmallCount }),
  },
  /** JPEG, PNG, WebP, GIF or AVIF, at most 10 MiB and 40 megapixels; 200 images a guide. The same bytes again are the same image. */
  upload_guide_image: {
    method: 'POST', path: '/projects/:project_id/guide/images', summary: 'Upload an image for the guide', tag: 'Guide', access: inProject('manage_project'), params: project,
    body: 'bytes', reply: GuideImageSchema,
  },
  get_guide_image: { method: 'GET', path: '/projects/:project_id/guide/images/:image_id', summary: 'An image of the guide', tag: 'Guide', access: inProject('view_project'), params: imageOf, reply: 'bytes' },
  delete_guide_image: {
    method: 'DELETE', path: '/projects/:project_id/guide/images/:image_id', summary: 'Remove an image that the guide does not show', tag: 'Guide', access: inProject('manage_project'), params: imageOf,
  },
}) // biome-ignore format: a table

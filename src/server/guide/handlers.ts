// guide/: the guide of a project, what was read of it, and its images. What a text may point to is model/guide.ts.
import { Failure } from '../../model/failure.ts'
import { GUIDE_TEXT_MAX, guideImagesIn, guideImagesShown } from '../../model/guide.ts'
import type { Handlers } from '../handler.ts'
import { lockProject } from '../projects/queries.ts'
import { takeGuideImage } from './images.ts'
import { deleteGuideImage, guideImage, guideOf, guideText, markRead, replaceText } from './queries.ts'

export const guideHandlers = {
  async get_guide({ app, caller }, { project_id }) {
    return guideOf(app.db, project_id, caller.person_id)
  },

  async put_guide({ app, caller }, { project_id, version, text }) {
    requireFits(text)
    return app.db.transaction().execute(async (tx) => {
      // So that no image goes while a text that shows it is on its way.
      await lockProject(tx, project_id)
      const before = await guideText(tx, project_id)
      const saved = await replaceText(tx, { project_id, person_id: caller.person_id, version, text })
      if (saved === null) throw stale(await guideOf(tx, project_id, caller.person_id))
      await markRead(tx, project_id, caller.person_id, saved)
      const guide = await guideOf(tx, project_id, caller.person_id)
      requireImages(guide, before)
      return guide
    })
  },

  async mark_guide_read({ app, caller }, { project_id, version }) {
    await markRead(app.db, project_id, caller.person_id, version)
  },

  async upload_guide_image({ app, caller, bytes }, { project_id }) {
    return takeGuideImage(app, { project_id, person_id: caller.person_id }, bytes)
  },

  async get_guide_image({ app }, { project_id, image_id }) {
    const image = await guideImage(app.db, project_id, image_id)
    if (!image || !(await app.files.has('guide-images', image.content_hash)))
      throw new Failure('not_found', `image_id: this guide has no image ${image_id}.`)
    const { content_hash, mime_type: type, byte_size: size } = image
    return { stream: app.files.read('guide-images', content_hash), type, size, is_immutable: true }
  },

  async delete_guide_image({ app }, { project_id, image_id }) {
    await app.db.transaction().execute(async (tx) => {
      await lockProject(tx, project_id)
      if (guideImagesIn(await guideText(tx, project_id)).has(image_id))
        throw new Failure(
          'image_in_use',
          'image_id: the guide shows this image. Take it out of the text and save first.',
        )
      if (!(await deleteGuideImage(tx, project_id, image_id)))
        throw new Failure('not_found', `image_id: this guide has no image ${image_id}.`)
    })
  },
} satisfies Partial<Handlers>

function requireFits(text: string): void {
  const size = Buffer.byteLength(text)
  if (size > GUIDE_TEXT_MAX)
    throw new Failure(
      'too_large',
      `text: ${size.toLocaleString('en-US')} bytes. A guide may have ${GUIDE_TEXT_MAX.toLocaleString('en-US')}; shorten it.`,
    )
}

/** @param before what is missing since then does not keep a text from being saved */
function requireImages({ text, images }: Awaited<ReturnType<typeof guideOf>>, before: string): void {
  const known = new Set([...images.map((i) => i.id), ...guideImagesIn(before)])
  const missing = [...guideImagesShown(text)].filter((id) => !known.has(id))
  if (missing.length === 0) return
  const which = `${missing.length > 1 ? 'images' : 'image'} ${missing.join(', ')}`
  throw new Failure('invalid_input', `text: this guide has no ${which} (any more). Add what it shows, or take it out.`)
}

const stale = ({ version, updated_by_name, updated_at }: Awaited<ReturnType<typeof guideOf>>) =>
  version === 0
    ? new Failure('stale_guide', 'version: this project has no guide yet. Save with version 0.', { version })
    : new Failure('stale_guide', `${updated_by_name} saved the guide after you opened it.`, {
        version,
        changed_by: updated_by_name,
        changed_at: updated_at,
      })

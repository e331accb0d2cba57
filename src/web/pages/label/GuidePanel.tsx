// The guide beside the image. Whoever has it open reads it: the mark of a change goes.
import { ActionIcon, Button } from '@mantine/core'
import { IconPencil, IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { guideQuery, type ReplyOf } from '../../queries.ts'
import { useMay, useProjectId } from '../../session.tsx'
import { Age } from '../../ui/Age.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { GuideReading } from '../guide/GuideReading.tsx'
import { Hint } from './Hint.tsx'
import classes from './label.module.css'
import { WORK_KEYS } from './work-keys.ts'

type Guide = ReplyOf<'get_guide'>

export default function GuidePanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const params = { project_id: String(project_id) }
  const mayWrite = useMay('manage_project')
  const query = useQuery(guideQuery(project_id))
  return (
    <section className={classes.guide} aria-label={t('guide.panel.label')}>
      <header className={classes.guideHeader}>
        <h2 className={classes.panelTitle}>{t('guide.panel.label')}</h2>
        {mayWrite && (
          <Hint label={t('guide.panel.edit')}>
            <ActionIcon
              aria-label={t('guide.panel.edit')}
              renderRoot={(props) => <Link {...props} to="/projects/$project_id/settings/guide" params={params} />}
            >
              <IconPencil size={15} />
            </ActionIcon>
          </Hint>
        )}
        <Hint label={t('guide.panel.close')} keys={WORK_KEYS.guide}>
          <ActionIcon onClick={onClose} aria-label={t('guide.panel.close')}>
            <IconX size={15} />
          </ActionIcon>
        </Hint>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is reached by the keyboard */}
      <div className={classes.guideText} tabIndex={0}>
        <Loaded query={query}>
          {(guide) => (
            <>
              <News guide={guide} />
              <GuideReading
                guide={guide}
                action={
                  mayWrite && (
                    <Button
                      variant="default"
                      renderRoot={(props) => (
                        <Link {...props} to="/projects/$project_id/settings/guide" params={params} />
                      )}
                    >
                      {t('guide.panel.write')}
                    </Button>
                  )
                }
              />
            </>
          )}
        </Loaded>
      </div>
    </section>
  )
}

/** Says that the guide changed since the panel was last open; tells the server that it is read now. */
function News({ guide }: { guide: Guide }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const project_id = useProjectId()
  const { version, read_version } = guide
  const [readBefore] = useState(read_version)
  useEffect(() => {
    if (version <= read_version) return
    const key = guideQuery(project_id).queryKey
    const note = () => client.setQueryData(key, (g) => g && { ...g, read_version: Math.max(g.read_version, version) })
    // Not told: the mark comes back with the next look, and so does this.
    api.mark_guide_read({ project_id, version }).then(note, () => undefined)
  }, [client, project_id, version, read_version])
  if (readBefore === 0 || version <= readBefore) return null
  return (
    <p className={classes.guideNews} role="status">
      {t('guide.panel.news', { name: guide.updated_by_name ?? '' })} · <Age moment={guide.updated_at} />
    </p>
  )
}

// Images that were uploaded and that the text does not show: to be put back, or removed.
import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { urlOf } from '../../../contract/client.ts'
import { guideImagesIn } from '../../../model/guide.ts'
import { api } from '../../api.ts'
import { guideQuery, type ReplyOf } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { useAct } from '../../use-act.ts'
import classes from './guide.module.css'

type Props = { text: string; images: ReplyOf<'get_guide'>['images']; onInsert: (image_id: number) => void }

export function UnusedImages({ text, images, onInsert }: Props) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const remove = useAct((image_id: number) => api.delete_guide_image({ project_id, image_id }), {
    refreshes: [guideQuery(project_id).queryKey],
  })
  const shown = guideImagesIn(text)
  const unused = images.filter((image) => !shown.has(image.id))
  if (unused.length === 0) return null
  return (
    <div className={classes.unused}>
      <Text c="dimmed" size="sm">
        {t('guide.unused')}
      </Text>
      <ul className={classes.tray}>
        {unused.map(({ id }) => (
          <li key={id}>
            <img
              src={urlOf('get_guide_image', { project_id, image_id: id })}
              alt={`${t('guide.caption')} ${id}`}
              loading="lazy"
            />
            <Button variant="subtle" size="compact-xs" onClick={() => onInsert(id)}>
              {t('guide.insert')}
            </Button>
            <ConfirmButton
              question={t('guide.remove_text')}
              act={t('guide.remove')}
              onConfirm={() => remove.mutate(id)}
            >
              {t('action.remove')}
            </ConfirmButton>
          </li>
        ))}
      </ul>
    </div>
  )
}

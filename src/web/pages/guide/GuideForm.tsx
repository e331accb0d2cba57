// The guide's editor: the text at the left, what readers see at the right.
import { Alert, Button, FileButton, Group, Text } from '@mantine/core'
import { IconPhotoPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../../contract/client.ts'
import { GUIDE_TEXT_MAX } from '../../../model/guide.ts'
import { api } from '../../api.ts'
import { guideQuery, type ReplyOf } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { SaveBar } from '../../ui/SaveBar.tsx'
import { useAct } from '../../use-act.ts'
import { useLeaveGuard } from '../../use-leave-guard.ts'
import { GuideReading } from './GuideReading.tsx'
import classes from './guide.module.css'
import { UnusedImages } from './UnusedImages.tsx'
import { useGuideImages } from './use-guide-images.ts'

type Guide = ReplyOf<'get_guide'>

const TYPES = 'image/jpeg,image/png,image/webp,image/gif,image/avif'

/** @param newest as the server has it now, with the images that came since */
export function GuideForm({ newest }: { newest: Guide }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const project_id = useProjectId()
  const key = guideQuery(project_id).queryKey
  // What the text is written upon: whatever comes in meanwhile, until it is saved or the newer one is loaded.
  const [opened, setOpened] = useState(newest)
  const [text, setText] = useState(newest.text)
  const shown = useDeferredValue(text)
  const area = useRef<HTMLTextAreaElement>(null)
  const images = useGuideImages({ area, setText, onUploaded: () => client.invalidateQueries({ queryKey: key }) })
  const isChanged = text !== opened.text
  // Who has not begun to write yet begins with the newest.
  useEffect(() => {
    if (isChanged || newest.version <= opened.version) return
    setOpened(newest)
    setText(newest.text)
  }, [isChanged, newest, opened])
  useLeaveGuard(isChanged, t('guide.leave'))
  const save = useAct(() => api.put_guide({ project_id, version: opened.version, text }), {
    isErrorShown: true,
    done: t('guide.saved'),
    onDone: (guide) => {
      client.setQueryData(key, guide)
      setOpened(guide)
    },
  })
  const load = useAct(() => api.get_guide({ project_id }), {
    onDone: (guide) => {
      client.setQueryData(key, guide)
      setOpened(guide)
      setText(guide.text)
      save.reset()
    },
  })
  const excess = new TextEncoder().encode(text).length - GUIDE_TEXT_MAX
  const conflict = save.error instanceof ApiError && save.error.code === 'stale_guide' ? save.error : null
  return (
    <>
      <div className={classes.halves}>
        <section className={classes.half} aria-label={t('guide.write')}>
          <Group className={classes.bar} gap={10}>
            <FileButton accept={TYPES} multiple onChange={(files) => void images.add(files)}>
              {(props) => (
                <Button {...props} variant="default" size="compact-sm" leftSection={<IconPhotoPlus size={14} />}>
                  {t('guide.add_image')}
                </Button>
              )}
            </FileButton>
            <Text c="dimmed" size="sm" role="status">
              {images.uploading > 0 ? t('guide.uploading', { count: images.uploading }) : t('guide.add_image_text')}
            </Text>
          </Group>
          <textarea
            ref={area}
            className={classes.area}
            data-over={images.isOver || undefined}
            aria-label={t('guide.write')}
            placeholder={t('guide.placeholder')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            {...images.handlers}
          />
          <UnusedImages text={text} images={newest.images} onInsert={(id) => images.insert(id, t('guide.caption'))} />
        </section>
        <section className={classes.half} aria-label={t('guide.preview')}>
          <div className={classes.bar}>
            <Text c="dimmed" size="sm">
              {t('guide.preview')}
            </Text>
          </div>
          <div className={classes.preview}>
            {shown.trim() === '' ? (
              <Text c="dimmed">{t('guide.nothing')}</Text>
            ) : (
              <GuideReading guide={{ ...newest, text: shown }} />
            )}
          </div>
        </section>
      </div>
      {conflict && (
        <Alert color="yellow" mt="sm">
          <Group gap={8}>
            {t('guide.conflict', { name: String(conflict.fields.changed_by ?? '') })}
            <CopyButton value={text} label={t('guide.copy_mine')} size="compact-xs" variant="default" />
            <Button size="compact-xs" variant="default" loading={load.isPending} onClick={() => load.mutate()}>
              {t('guide.load')}
            </Button>
          </Group>
        </Alert>
      )}
      <SaveBar
        isChanged={isChanged}
        isSaving={save.isPending}
        error={conflict ? null : save.error}
        act={t('guide.save')}
        problem={excess > 0 ? t('guide.too_long', { count: excess, most: GUIDE_TEXT_MAX }) : null}
        onSave={() => save.mutate()}
        onDiscard={() => {
          save.reset()
          setText(opened.text)
        }}
      />
    </>
  )
}

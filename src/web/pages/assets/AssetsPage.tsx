// The images of the project, as a gallery or a list; files, folders and zips dropped anywhere are added.
import { Button, Group, SegmentedControl, TextInput } from '@mantine/core'
import { IconFolderPlus, IconLayoutGrid, IconList, IconPhoto, IconPhotoPlus, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { formatNumber } from '../../format.ts'
import { useMay, useProject } from '../../session.tsx'
import { withTexts } from '../../texts/parts.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { lazyPart, usePreload } from '../../ui/lazy-part.tsx'
import { Page } from '../../ui/Page.tsx'
import { GridSkeleton, RowsSkeleton } from '../../ui/Skeletons.tsx'
import { pickedFiles } from '../../uploads/picked-files.ts'
import type { PickedFile } from '../../uploads/upload-store.ts'
import { useTypedText } from '../../use-typed-text.ts'
import type { Asset } from './AssetDetails.tsx'
import { AssetList } from './AssetList.tsx'
import { Gallery } from './Gallery.tsx'
import { NewImages } from './NewImages.tsx'
import { pickFiles } from './pick-files.ts'

const AssetDetails = lazyPart(() => withTexts('tasks', () => withTexts('history', () => import('./AssetDetails.tsx'))))
const AssetDrop = lazyPart(() => import('./AssetDrop.tsx'))
const UploadOptions = lazyPart(() => import('./UploadOptions.tsx'))
const PARTS = [AssetDetails, UploadOptions]

const PAGE = 120

export default function AssetsPage() {
  const { t } = useTranslation()
  const project = useProject()
  usePreload(PARTS)
  const mayAdd = useMay('manage_project')
  const { name, view } = useSearch({ from: '/app/projects/$project_id/assets' })
  const [shown, setShown] = useState<Asset | null>(null)
  const [picked, setPicked] = useState<{ picked: PickedFile[]; hidden: number } | null>(null)
  const assets = useInfiniteQuery({
    queryKey: ['project', project.id, 'assets', name ?? ''],
    queryFn: ({ pageParam, signal }) =>
      api.list_assets(
        { project_id: project.id, limit: PAGE, ...(name ? { name } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  })
  const list = assets.data?.pages.flatMap((p) => p.assets) ?? []
  const total = assets.data?.pages[0]?.total ?? 0
  const add = async (folder: boolean) => {
    const files = pickedFiles(await pickFiles({ folder, accept: 'image/*,.zip' }))
    if (files.picked.length > 0) setPicked(files)
  }
  const isEmpty = assets.isSuccess && total === 0 && !name
  const addButtons = (
    <>
      <Button variant="default" leftSection={<IconFolderPlus size={14} />} onClick={() => void add(true)}>
        {t('assets.add_folder')}
      </Button>
      <Button leftSection={<IconPhotoPlus size={14} />} onClick={() => void add(false)}>
        {t('assets.add_files')}
      </Button>
    </>
  )
  return (
    <Page
      title={t('assets.title')}
      description={assets.isSuccess ? t('count.asset', { count: total }) : undefined}
      actions={
        <>
          <NewImages
            project_id={project.id}
            readAt={assets.dataUpdatedAt}
            isEmpty={isEmpty}
            onShow={() => void assets.refetch()}
          />
          {!isEmpty && (
            <>
              <FindByName />
              <ViewSwitch />
              {mayAdd && addButtons}
            </>
          )}
        </>
      }
    >
      {assets.isError && list.length === 0 ? (
        <ErrorState error={assets.error} onRetry={() => void assets.refetch()} />
      ) : assets.isPending ? (
        view === 'list' ? (
          <RowsSkeleton rows={14} height={44} />
        ) : (
          <GridSkeleton />
        )
      ) : isEmpty ? (
        <EmptyState
          icon={<IconPhoto size={28} stroke={1.5} />}
          title={t('assets.empty')}
          action={mayAdd && <Group gap={8}>{addButtons}</Group>}
        >
          {mayAdd
            ? t('assets.empty_text', { stage: project.stages[project.settings.release_on_import ? 1 : 0]?.name ?? '' })
            : t('assets.empty_viewer')}
        </EmptyState>
      ) : list.length === 0 ? (
        <EmptyState title={t('assets.nothing_fits', { name: name ?? '' })} />
      ) : (
        <>
          {view === 'list' ? (
            <AssetList assets={list} onOpen={setShown} />
          ) : (
            <Gallery assets={list} onOpen={setShown} />
          )}
          <More
            shown={list.length}
            total={total}
            hasMore={assets.hasNextPage}
            isLoading={assets.isFetchingNextPage}
            onMore={() => void assets.fetchNextPage()}
          />
        </>
      )}
      {mayAdd && <AssetDrop projectName={project.name} onDrop={(files) => setPicked(pickedFiles(files))} />}
      {picked && <UploadOptions files={picked.picked} hidden={picked.hidden} onClose={() => setPicked(null)} />}
      {shown && <AssetDetails asset={shown} onClose={() => setShown(null)} />}
    </Page>
  )
}

function FindByName() {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/projects/$project_id/assets' })
  const { name } = useSearch({ from: '/app/projects/$project_id/assets' })
  const { text, typed } = useTypedText(
    name ?? '',
    (typedName) => void navigate({ search: (s) => ({ ...s, name: typedName || undefined }), replace: true }),
  )
  return (
    <TextInput
      w={200}
      placeholder={t('assets.find')}
      aria-label={t('assets.find')}
      leftSection={<IconSearch size={14} />}
      value={text}
      onChange={(event) => typed.type(event.currentTarget.value)}
    />
  )
}

function ViewSwitch() {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/projects/$project_id/assets' })
  const { view } = useSearch({ from: '/app/projects/$project_id/assets' })
  const icon = (Icon: typeof IconList, label: string) => (
    <span style={{ display: 'flex' }}>
      <Icon size={15} aria-label={label} />
    </span>
  )
  return (
    <SegmentedControl
      aria-label={t('assets.view')}
      value={view ?? 'gallery'}
      onChange={(value) =>
        void navigate({
          search: (s) => ({ ...s, view: value === 'list' ? ('list' as const) : undefined }),
          replace: true,
        })
      }
      data={[
        { value: 'gallery', label: icon(IconLayoutGrid, t('assets.gallery')) },
        { value: 'list', label: icon(IconList, t('assets.list')) },
      ]}
    />
  )
}

type MoreProps = { shown: number; total: number; hasMore: boolean; isLoading: boolean; onMore: () => void }

/** Loads the next page when its end comes into view; the button does the same by hand. */
function More({ shown, total, hasMore, isLoading, onMore }: MoreProps) {
  const { t } = useTranslation()
  const [end, setEnd] = useState<HTMLElement | null>(null)
  useEffect(() => {
    if (!end || !hasMore || isLoading) return
    const observer = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && onMore(), {
      rootMargin: '600px',
    })
    observer.observe(end)
    return () => observer.disconnect()
  }, [end, hasMore, isLoading, onMore])
  if (!hasMore) return null
  return (
    <Group justify="center" mt="md" ref={setEnd}>
      <Button variant="default" loading={isLoading} onClick={onMore}>
        {t('assets.more')} · {t('assets.shown', { shown: formatNumber(shown), total: formatNumber(total) })}
      </Button>
    </Group>
  )
}

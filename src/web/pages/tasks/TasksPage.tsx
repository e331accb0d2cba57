// The Tasks page, top to bottom: counts, filter, grid; the bar of the selection; the history at the right.
import { ActionIcon, Alert, Button, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconCornerDownRight, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../../contract/client.ts'
import type { Selection } from '../../../model/selection.ts'
import { api } from '../../api.ts'
import { handOver } from '../../handed-selection.ts'
import { summaryQuery } from '../../queries.ts'
import { useMay, useProject } from '../../session.tsx'
import { withTexts } from '../../texts/parts.ts'
import { ErrorState, messageOf } from '../../ui/ErrorState.tsx'
import { lazyPart, usePreload } from '../../ui/lazy-part.tsx'
import { onOperationFinished } from '../operations/finished.ts'
import { ColumnsMenu, ColumnsPanel } from './ColumnsMenu.tsx'
import { moved, nudged, ROW_HEIGHTS, shownColumns, withWidth } from './columns-state.ts'
import { ColumnList, ConditionEditor, FilterBar } from './filter/FilterBar.tsx'
import filterClasses from './filter/filter.module.css'
import { PeoplePanel } from './glance/PeopleButton.tsx'
import { type ColumnMenuAt, type GridHandle, TaskGrid } from './grid/TaskGrid.tsx'
import { useJumpKey } from './jump/use-jump-key.ts'
import { PageItems, PageMenu } from './PageMenu.tsx'
import { Empty, WrongFilter } from './page-states.tsx'
import { StageStrip } from './StageStrip.tsx'
import { useSelectedCount } from './selection/use-selected-count.ts'
import { useSelection } from './selection/use-selection.ts'
import { ALL_MATCHING, NOTHING, tooManyNamed, toRequest } from './selection-model.ts'
import classes from './tasks.module.css'
import { useColumns } from './use-columns.ts'
import { useLook } from './use-look.ts'
import { usePageCommands } from './use-page-commands.tsx'
import { useFreshRows, useRows } from './use-rows.ts'
import { useTaskSearch } from './use-task-search.ts'
import { ViewLine, ViewsMenu, ViewsPanel } from './views/ViewsMenu.tsx'

const HistoryDrawer = lazyPart(() => withTexts('history', () => import('../history/HistoryDrawer.tsx')))
const OperationDialog = lazyPart(() => withTexts('operations', () => import('../operations/run/OperationDialog.tsx')))
const RunningOperations = lazyPart(() =>
  withTexts('operations', () => import('../operations/run/RunningOperations.tsx')),
)
const SelectionBar = lazyPart(() => import('./SelectionBar.tsx'))
const JumpBox = lazyPart(() => import('./jump/JumpBox.tsx'))
const ColumnMenu = lazyPart(() => import('./grid/ColumnMenu.tsx'))
const PARTS = [
  HistoryDrawer,
  JumpBox,
  ColumnMenu,
  OperationDialog,
  ColumnList,
  ConditionEditor,
  ColumnsPanel,
  ViewsPanel,
  PeoplePanel,
  PageItems,
  SelectionBar,
]

export default function TasksPage() {
  const { t } = useTranslation()
  const project = useProject()
  const project_id = project.id
  const navigate = useNavigate()
  const url = useTaskSearch()
  usePreload(PARTS)
  const [columns, setColumns] = useColumns(project_id, url)
  const shown = useMemo(() => shownColumns(columns), [columns])
  const [selection, setSelection] = useSelection(project_id, url.filter)
  const [operation, setOperation] = useState<string | null>(null)
  const [jump, setJump] = useState<string | null>(null)
  const [columnMenu, setColumnMenu] = useState<ColumnMenuAt | null>(null)
  const grid = useRef<GridHandle | null>(null)
  const search = useRef<HTMLInputElement>(null)

  const source = useRows(project_id, url.filter, url.sort, url.problem === null)
  useSyncExternalStore(source.subscribe, () => source.version)
  const summary = useQuery(summaryQuery(project_id))
  const kinds = useQuery({
    queryKey: ['project', project_id, 'operation-kinds'],
    queryFn: ({ signal }) => api.list_operation_kinds({ project_id }, { signal }),
    staleTime: 300_000,
  })
  const { look, context } = useLook(source, ROW_HEIGHTS[columns.density], summary.data)

  const readAnew = useFreshRows(project_id, source, grid, operation !== null)
  useEffect(() => onOperationFinished(readAnew), [readAnew])
  useEffect(() => {
    document.title = `${t('tasks.title')} · ${project.name} · PixlHub`
  }, [t, project.name])

  const canExport = useMay('manage_project')
  const canSelect = (kinds.data?.length ?? 0) > 0 || canExport
  const total = source.total ?? 0
  const count = useSelectedCount(project_id, selection, url.filter, total)
  const request = useMemo(() => toRequest(selection, url.filter, total), [selection, url.filter, total])

  const { setFilter } = url
  const download = (wanted: Selection) =>
    void import('./selection/download-csv.tsx').then(({ downloadCsv }) =>
      downloadCsv({ project_id, selection: wanted, columns: shown.map((c) => c.name), sort: url.sort }),
    )
  const open = (id: number | undefined, replace = false) => url.openTask(id, replace)
  const step = async (by: 1 | -1) => {
    const row = url.task === undefined ? -1 : source.indexOf(url.task)
    if (row < 0 || row + by < 0 || row + by >= total) return
    const next = await source.read(row + by).catch(() => undefined)
    if (!next) return
    grid.current?.showRow(row + by)
    open(next.id, true)
  }
  const close = () => {
    open(undefined)
    grid.current?.focus()
  }
  usePageCommands({
    onSearch: () => search.current?.focus(),
    onEscape: () => (url.task !== undefined ? close() : setSelection(NOTHING)),
    onStep: url.task === undefined ? null : (by) => void step(by),
    onSelectAll: canSelect ? () => setSelection(ALL_MATCHING) : null,
    onFocusGrid: () => grid.current?.focus(),
    onJump: useJumpKey(setJump),
  })

  const offerAll = selection.kind === 'ids' && total > count ? total : null
  return (
    <div className={classes.page}>
      <VisuallyHidden component="h1">{t('tasks.title')}</VisuallyHidden>
      <StageStrip summary={summary.data} workflow={project.stages} filter={url.filter} onFilter={setFilter} />
      <FilterBar
        filter={url.filter}
        context={context}
        onChange={setFilter}
        searchRef={search}
        onLeaveSearch={() => grid.current?.focus()}
      >
        <span className={filterClasses.total} role="status">
          {url.problem !== null || source.error != null
            ? null
            : source.count === null
              ? t('tasks.grid.counting')
              : t(url.filter.conditions.length > 0 ? 'tasks.grid.matching' : 'tasks.grid.total', {
                  count: source.count,
                })}
        </span>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('tasks.jump.label')}
          title={`${t('tasks.jump.label')} (G)`}
          disabled={total === 0}
          onPointerEnter={JumpBox.preload}
          onFocus={JumpBox.preload}
          onClick={() => setJump('')}
        >
          <IconCornerDownRight size={16} stroke={1.6} />
        </ActionIcon>
        <ViewsMenu url={url} columns={columns} />
        <ColumnsMenu state={columns} onChange={setColumns} />
        <PageMenu
          total={total}
          onDownload={() => {
            const all = toRequest(ALL_MATCHING, url.filter, total)
            if (all) download(all)
          }}
        />
      </FilterBar>
      <ViewLine url={url} columns={columns} />
      <div className={classes.content}>
        <div className={classes.list}>
          {url.problem !== null || isBadFilter(source.error) ? (
            <WrongFilter problem={url.problem ?? messageOf(source.error)} onClear={url.reset} />
          ) : source.error && source.loadedCount === 0 ? (
            <ErrorState error={source.error} onRetry={() => source.retry()} />
          ) : source.total === 0 ? (
            <Empty
              isFiltered={url.filter.conditions.length > 0}
              canImport={canExport}
              onClear={() => setFilter({ conditions: [] })}
            />
          ) : (
            <TaskGrid
              handle={grid}
              source={source}
              columns={shown}
              look={look}
              sort={url.sort}
              selection={selection}
              count={count}
              canSelect={canSelect}
              openId={url.task}
              onSelect={setSelection}
              onSort={url.pressSort}
              onOpen={(id) => open(id, url.task !== undefined)}
              onResize={(name, width) => setColumns(withWidth(columns, name, width))}
              onMove={(name, side, over) => setColumns(moved(columns, name, side, over))}
              onNudge={(name, by) => setColumns(nudged(columns, name, by))}
              onColumnMenu={setColumnMenu}
            />
          )}
          {jump !== null && (
            <JumpBox
              source={source}
              isFiltered={url.filter.conditions.length > 0}
              start={jump}
              onJump={(row) => {
                setJump(null)
                grid.current?.showRow(row)
              }}
              onClose={(isDone) => {
                setJump(null)
                if (isDone) grid.current?.focus()
              }}
            />
          )}
          {columnMenu && (
            <ColumnMenu
              {...columnMenu}
              state={columns}
              sort={url.sort}
              onChange={setColumns}
              onSort={url.setSort}
              onClose={() => setColumnMenu(null)}
            />
          )}
          {source.error != null && source.loadedCount > 0 && (
            <Alert className={classes.failed} color="red" icon={<IconAlertTriangle size={16} />} role="alert">
              {t('tasks.grid.load_failed')} {messageOf(source.error)}{' '}
              <Button variant="default" size="compact-xs" onClick={() => source.retry()}>
                {t('action.try_again')}
              </Button>
            </Alert>
          )}
          <div className={classes.news}>
            <RunningOperations />
            {source.gone.size > 0 && (
              <Button
                variant="default"
                leftSection={<IconRefresh size={14} />}
                title={t('tasks.grid.old')}
                onClick={readAnew}
              >
                {t('tasks.grid.refresh')}
              </Button>
            )}
          </div>
          {count > 0 && (
            <SelectionBar
              count={count}
              offerAll={offerAll}
              left={selection.kind === 'matching' ? Math.max(0, total - count) : null}
              isFiltered={url.filter.conditions.length > 0}
              kinds={kinds.data ?? []}
              canExport={canExport}
              isTooMany={tooManyNamed(selection)}
              onDownload={() => request && download(request)}
              onSelectAll={() => setSelection(ALL_MATCHING)}
              onClear={() => setSelection(NOTHING)}
              onOperation={setOperation}
              onExport={() =>
                void navigate({
                  to: '/projects/$project_id/exports',
                  params: { project_id: String(project_id) },
                  search: request ? { selection: handOver(request) } : {},
                })
              }
            />
          )}
        </div>
        {url.task !== undefined && <HistoryDrawer task_id={url.task} onClose={close} onStep={(by) => void step(by)} />}
      </div>
      {operation !== null && request && (
        <OperationDialog
          kind={kinds.data?.find((k) => k.name === operation) ?? { name: operation, title: operation, params: {} }}
          selection={request}
          selected={count}
          context={context}
          onClose={() => setOperation(null)}
          onStarted={(name) => name === 'archive' && setSelection(NOTHING)}
        />
      )}
    </div>
  )
}

const isBadFilter = (error: unknown): boolean => error instanceof ApiError && error.code === 'unknown_field'

// Code that is loaded when it is first used. Loaded once, its user runs at once and within the same event.

export type Lazy<T> = {
  /** Starts loading ahead of use. Resolves once it has come, or cannot be had now. */
  preload(): Promise<void>
  /** Runs `work` with it now, or when it has come. `onFailed` when it cannot be had; the next use tries again. */
  use(work: (loaded: T) => void, onFailed: () => void): void
}

export function createLazy<T>(load: () => Promise<T>): Lazy<T> {
  let loaded: T | null = null
  let loading: Promise<T> | null = null
  const get = () => {
    loading ??= load().then(
      (value) => {
        loaded = value
        return value
      },
      (error: unknown) => {
        loading = null
        throw error
      },
    )
    return loading
  }
  return {
    preload: () =>
      get().then(
        () => {},
        () => {},
      ),
    use(work, onFailed) {
      if (loaded) work(loaded)
      else get().then(work, onFailed)
    },
  }
}

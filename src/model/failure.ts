// Failures are expected: a closed list of codes, each with its HTTP status and a title. Answered as
// problem details (RFC 9457). What is not here is a bug and answers 500.
export const FAILURES = {
  invalid_input: [400, 'The request is not valid'],
  empty_selection: [400, 'Nothing is selected'],
  percents_do_not_sum: [400, 'The percents must sum to 100'],
  unknown_field: [400, 'Unknown column or condition'],
  invalid_cursor: [400, 'This page link is not valid'],
  not_signed_in: [401, 'Sign in first'],
  wrong_credentials: [401, 'E-mail or password is wrong'],
  not_allowed: [403, 'You may not do this'],
  cross_site: [403, 'This request came from another site'],
  not_found: [404, 'Not found'],
  stale_generation: [409, 'The task was changed by a manager'],
  stale_base: [409, 'The changes are of another revision'],
  stale_schema: [409, 'The label schema was changed by somebody else'],
  no_lease: [409, 'You do not hold this task'],
  wrong_stage: [409, 'The task is not in the right stage'],
  task_taken: [409, 'Somebody else has this task'],
  values_missing: [409, 'Required values are missing'],
  skip_not_allowed: [409, 'This project does not allow skipping'],
  own_work: [409, 'You labelled this task, so somebody else reviews it'],
  selection_changed: [409, 'The selection changed since the preview'],
  confirmation_needed: [409, 'Type the number to confirm'],
  key_reused: [409, 'This idempotency key belongs to another request'],
  not_undoable: [409, 'This operation cannot be undone'],
  already_finished: [409, 'This is already finished'],
  stale_view: [409, 'The view was changed by somebody else'],
  stale_guide: [409, 'The guide was changed by somebody else'],
  image_in_use: [409, 'The guide shows this image'],
  too_many_images: [409, 'There are too many images'],
  view_in_use: [409, 'This view is a default of the project'],
  too_many_comments: [409, 'There are too many comments'],
  too_many_views: [409, 'There are too many views'],
  already_exists: [409, 'This already exists'],
  class_in_use: [409, 'This class is in use'],
  last_owner: [409, 'An organization needs an owner'],
  link_expired: [410, 'This link is no longer valid'],
  too_large: [413, 'Too large'],
  unsupported_media: [415, 'Unsupported format'],
  too_many_attempts: [429, 'Too many attempts'],
  too_many_streams: [429, 'Too many open windows'],
} as const satisfies Record<string, readonly [number, string]>

export type FailureCode = keyof typeof FAILURES

/** An expected failure. `detail` names the field and says what to do. */
export class Failure extends Error {
  readonly code: FailureCode
  readonly fields: Record<string, unknown>
  constructor(code: FailureCode, detail?: string, fields: Record<string, unknown> = {}) {
    super(detail ?? `${FAILURES[code][1]}.`)
    this.name = 'Failure'
    this.code = code
    this.fields = fields
  }
  get status(): number {
    return FAILURES[this.code][0]
  }
  get title(): string {
    return FAILURES[this.code][1]
  }
}

-- The objects of a revision are written and read whole: as text, which costs far less than jsonb (docs/decisions/0022).
-- The few statements that look inside take it apart.
alter table annotation_revision alter column objects type json using objects::json;

-- The embedded database is built without lz4; its other compression is a third of the insert.
do $$ begin
  alter table annotation_revision alter column objects set compression lz4;
exception when feature_not_supported or invalid_parameter_value or syntax_error then
  alter table annotation_revision alter column objects set storage external;
end $$;

-- claim_tasks hands them out as they are stored.
do $$
declare
  body text := pg_get_functiondef('claim_tasks'::regproc);
begin
  execute 'drop function ' || 'claim_tasks'::regproc::oid::regprocedure;
  execute replace(replace(body, 'objects jsonb', 'objects json'), 'null::timestamptz(3), null::jsonb', 'null::timestamptz(3), null::json');
end $$;

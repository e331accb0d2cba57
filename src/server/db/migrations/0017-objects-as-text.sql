-- The objects of a revision are read and written whole: as text, which costs a tenth of jsonb to write
-- (docs/decisions/0022). Statements that look inside take it apart when they are asked.

-- A check of a class in use parses them; its index is class_counts.
alter table annotation_revision alter column objects type json using objects::json;

-- Where it can, with the quicker compression: the embedded database is built without it.
do $$ begin
  alter table annotation_revision alter column objects set compression lz4;
exception when feature_not_supported or invalid_parameter_value or syntax_error then null;
end $$;

-- claim_tasks hands them out as they are stored.
do $$
declare
  body text := pg_get_functiondef('claim_tasks'::regproc);
begin
  execute 'drop function ' || 'claim_tasks'::regproc::oid::regprocedure;
  execute replace(replace(body, 'objects jsonb', 'objects json'), 'null::timestamptz(3), null::jsonb', 'null::timestamptz(3), null::json');
end $$;

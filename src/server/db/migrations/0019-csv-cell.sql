-- A text as a cell of a CSV. What a spreadsheet would run as a formula (OWASP, CSV injection; in full width too) gets an
-- apostrophe before it, which makes it text, unless it reads as a number. Quotes as RFC 4180 has them, around a lone CR or
-- LF too. Most texts need neither, and are asked once. No select within: the planner then writes it out in place of a call,
-- which takes ten times as long.
create function csv_cell(given text) returns text language sql immutable parallel safe as $$
  select case
    when given !~ E'^[-=+@\t\uFF1D\uFF0B\uFF0D\uFF20]|[",\r\n]' then given
    else case when given ~ E'[",\r\n]' then '"' else '' end
      || case when given ~ E'^[-=+@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]' and given !~ '^[-+]?[0-9]+(\.[0-9]+)?$' then '''' else '' end
      || replace(given, '"', '""')
      || case when given ~ E'[",\r\n]' then '"' else '' end
  end
$$;

-- Lists that are only ever read whole, by the key of their row. Statistics of them (which elements are common) took two
-- seconds of the embedded database, in which everybody waited, and unpacked gigabytes on a server.
alter table operation_part alter column task_ids set statistics 0, alter column plan set statistics 0;
alter table operation_group alter column task_ids set statistics 0, alter column before set statistics 0, alter column events set statistics 0;
alter table task_change alter column task_ids set statistics 0;

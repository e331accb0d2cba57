-- What stood on a task before a draft was restored is a copy, not a draft: it is no late work of its author, to be offered to
-- them. One of an import has no author.
alter table annotation_revision drop constraint annotation_revision_kind_check;
alter table annotation_revision add constraint annotation_revision_kind_check check (kind in ('saved', 'imported', 'draft', 'copy'));
update annotation_revision set kind = 'copy' where kind = 'draft' and session_id like 'copy of %';

-- Names and time zones of cases, and labels of exhibits, that were changed: the rows have them as they are now, and name
-- the event that gave them last. What they were before stands in the log.

ALTER TABLE case_file ADD COLUMN named_seq INTEGER REFERENCES event (seq);
ALTER TABLE exhibit ADD COLUMN label_seq INTEGER REFERENCES event (seq);

DROP TRIGGER case_file_no_update;
CREATE TRIGGER case_file_named_later BEFORE UPDATE ON case_file
  WHEN new.named_seq IS NULL OR new.named_seq <= coalesce(old.named_seq, old.event_seq)
    OR new.id IS NOT old.id OR new.session_id IS NOT old.session_id OR new.time IS NOT old.time
    OR new.event_seq IS NOT old.event_seq
  BEGIN SELECT raise(ABORT, 'append-only: case_file'); END;

DROP TRIGGER exhibit_number_stays;
CREATE TRIGGER exhibit_number_stays BEFORE UPDATE ON exhibit
  WHEN (old.removed_seq IS NOT NULL AND (
      new.removed_seq IS NOT old.removed_seq OR new.note IS NOT NULL OR NOT EXISTS (SELECT 1 FROM purging)))
    OR new.id IS NOT old.id OR new.case_id IS NOT old.case_id OR new.number IS NOT old.number
    OR new.capture_id IS NOT old.capture_id OR new.post_id IS NOT old.post_id
    OR (new.label_seq IS old.label_seq AND new.label IS NOT old.label)
    OR (new.label_seq IS NOT old.label_seq AND (
      new.label_seq IS NULL OR new.label_seq <= coalesce(old.label_seq, old.event_seq)))
  BEGIN SELECT raise(ABORT, 'append-only: exhibit'); END;

-- What a statement says of posts that are older than the clause, as JSON; null: it does not say.
ALTER TABLE statement ADD COLUMN older_posts TEXT;

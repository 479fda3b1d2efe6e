-- Grows when an append's outcome was settled: an append names what it knows, so one that is late finds another number.
ALTER TABLE access_log ADD COLUMN settled bigint NOT NULL DEFAULT 0;

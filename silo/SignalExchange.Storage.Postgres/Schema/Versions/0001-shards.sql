-- Shards: heads, logs and the indicators' states; and ordinary grain states.
-- What runs this has made the schema and put it first in the search path; signalexchange.shard_count is the number of shards.

-- One row. What was fixed when the exchange was made.
CREATE TABLE exchange (
  shard_count integer NOT NULL
);
INSERT INTO exchange VALUES (current_setting('signalexchange.shard_count')::integer);

-- Each commit updates a head; with room on its page the new version needs no index entry, and old ones go without a vacuum.
CREATE TABLE shard_head (
  shard integer PRIMARY KEY,
  head bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO shard_head SELECT shard, 0 FROM generate_series(0, current_setting('signalexchange.shard_count')::integer - 1) AS shard;

CREATE TABLE shard_log (
  shard integer NOT NULL,
  last_sequence bigint NOT NULL,
  first_sequence bigint NOT NULL,
  commit_id uuid NOT NULL,
  changes bytea NOT NULL,
  PRIMARY KEY (shard, last_sequence)
) PARTITION BY RANGE (shard);

-- A token's top bits are its shard, so ranges of tokens are ranges of shards.
CREATE TABLE indicator (
  token bytea PRIMARY KEY,
  version bigint NOT NULL,
  state bytea NOT NULL
) PARTITION BY RANGE (token);

-- Partitions by shard range, 16 or one a shard: vacuums, indexes and backups of a bounded size, on disks of their own if need be.
DO $$
DECLARE
  shards CONSTANT integer := current_setting('signalexchange.shard_count')::integer;
  parts CONSTANT integer := least(16, shards);
  lower text;
  upper text;
BEGIN
  FOR part IN 0 .. parts - 1 LOOP
    EXECUTE format(
      'CREATE TABLE shard_log_%1$s PARTITION OF shard_log FOR VALUES FROM (%2$s) TO (%3$s)',
      lpad(part::text, 2, '0'), part * (shards / parts), (part + 1) * (shards / parts));
    lower := CASE part WHEN 0 THEN 'MINVALUE' ELSE format('%L', '\x' || lpad(to_hex(part * (256 / parts)), 2, '0')) END;
    upper := CASE part WHEN parts - 1 THEN 'MAXVALUE' ELSE format('%L', '\x' || lpad(to_hex((part + 1) * (256 / parts)), 2, '0')) END;
    EXECUTE format(
      'CREATE TABLE indicator_%1$s PARTITION OF indicator FOR VALUES FROM (%2$s) TO (%3$s) WITH (fillfactor = 90)',
      lpad(part::text, 2, '0'), lower, upper);
  END LOOP;
END
$$;

CREATE TABLE grain_state (
  grain_id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  etag text COLLATE "C" NOT NULL,
  payload bytea NOT NULL,
  PRIMARY KEY (grain_id, name)
);

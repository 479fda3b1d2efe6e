-- Access logs: for each a tail, and the tree's tiles, bundles and checkpoints.

CREATE TABLE access_log (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE,
  epoch bigint NOT NULL,
  first bigint NOT NULL,
  size bigint NOT NULL,
  published bigint NOT NULL
) WITH (fillfactor = 10);

-- A row holds the records of one group that share a bundle; its position is the log's id and the first index.
CREATE TABLE access_log_tail (
  position bigint PRIMARY KEY,
  count integer NOT NULL,
  digest bytea NOT NULL,
  records bytea NOT NULL
);

CREATE TABLE access_log_resource (
  log integer NOT NULL REFERENCES access_log,
  path text COLLATE "C" NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (log, path)
);

-- Hashes and sealed details don't compress; the attempt costs a processor.
ALTER TABLE access_log_tail ALTER COLUMN records SET STORAGE EXTERNAL;
ALTER TABLE access_log_resource ALTER COLUMN content SET STORAGE EXTERNAL;

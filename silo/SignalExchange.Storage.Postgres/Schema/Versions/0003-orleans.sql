-- Membership and reminders of Orleans 10: our tables, and the queries that its ADO.NET providers ask for by key. The names of
-- parameters and columns, orleansquery and its columns are the contract: src/AdoNet/Shared/Storage of dotnet/orleans.

CREATE TABLE orleansquery (
  querykey text PRIMARY KEY,
  querytext text NOT NULL
);

CREATE TABLE membership_version (
  cluster_id text COLLATE "C" PRIMARY KEY,
  version integer NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE membership (
  cluster_id text COLLATE "C" NOT NULL REFERENCES membership_version,
  address text COLLATE "C" NOT NULL,
  port integer NOT NULL,
  generation integer NOT NULL,
  silo_name text NOT NULL,
  host_name text NOT NULL,
  status integer NOT NULL,
  proxy_port integer NOT NULL,
  suspect_times text,
  start_time timestamptz NOT NULL,
  i_am_alive_time timestamptz NOT NULL,
  PRIMARY KEY (cluster_id, address, port, generation)
);

CREATE TABLE reminder (
  service_id text COLLATE "C" NOT NULL,
  grain_id text COLLATE "C" NOT NULL,
  reminder_name text COLLATE "C" NOT NULL,
  start_time timestamptz NOT NULL,
  period bigint NOT NULL,
  grain_hash integer NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (service_id, grain_id, reminder_name)
);
CREATE INDEX reminder_by_hash ON reminder (service_id, grain_hash);

-- A reminder that was removed and made anew never has a version that somebody still holds.
CREATE SEQUENCE reminder_version AS integer CYCLE;

INSERT INTO orleansquery VALUES
-- Membership. Each change moves the version from the one that the silo read, in the same statement: whoever was second changes nothing.
('InsertMembershipVersionKey', $q$
  WITH made AS (
    INSERT INTO membership_version (cluster_id, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1
  )
  SELECT count(*) > 0 FROM made
$q$),
('InsertMembershipKey', $q$
  WITH moved AS (
    UPDATE membership_version SET version = version + 1, changed_at = now()
    WHERE cluster_id = @DeploymentId AND version = @Version AND NOT EXISTS (
      SELECT FROM membership
      WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
    )
    RETURNING cluster_id
  ), added AS (
    INSERT INTO membership (
      cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_time
    )
    SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    FROM moved
    RETURNING 1
  )
  SELECT count(*) > 0 FROM added
$q$),
('UpdateMembershipKey', $q$
  WITH moved AS (
    UPDATE membership_version SET version = version + 1, changed_at = now()
    WHERE cluster_id = @DeploymentId AND version = @Version AND EXISTS (
      SELECT FROM membership
      WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
    )
    RETURNING cluster_id
  ), changed AS (
    UPDATE membership AS m SET status = @Status, suspect_times = @SuspectTimes,
      i_am_alive_time = greatest(m.i_am_alive_time, @IAmAliveTime)
    FROM moved
    WHERE m.cluster_id = moved.cluster_id AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    RETURNING 1
  )
  SELECT count(*) > 0 FROM changed
$q$),
('UpdateIAmAlivetimeKey', $q$
  UPDATE membership SET i_am_alive_time = @IAmAliveTime
  WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$q$),
-- The version comes even where no silo does.
('MembershipReadRowKey', $q$
  SELECT m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName, m.host_name AS HostName,
    m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes, m.start_time AS StartTime,
    m.i_am_alive_time AS IAmAliveTime, v.version AS Version
  FROM membership_version v LEFT JOIN membership m
    ON m.cluster_id = v.cluster_id AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
  WHERE v.cluster_id = @DeploymentId
$q$),
('MembershipReadAllKey', $q$
  SELECT m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName, m.host_name AS HostName,
    m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes, m.start_time AS StartTime,
    m.i_am_alive_time AS IAmAliveTime, v.version AS Version
  FROM membership_version v LEFT JOIN membership m ON m.cluster_id = v.cluster_id
  WHERE v.cluster_id = @DeploymentId
$q$),
('DeleteMembershipTableEntriesKey', $q$
  DELETE FROM membership WHERE cluster_id = @DeploymentId;
  DELETE FROM membership_version WHERE cluster_id = @DeploymentId
$q$),
('GatewaysQueryKey', $q$
  SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
  FROM membership
  WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0
$q$),
-- 6 is SiloStatus.Dead.
('CleanupDefunctSiloEntriesKey', $q$
  DELETE FROM membership
  WHERE cluster_id = @DeploymentId AND status = 6 AND start_time < @IAmAliveTime AND i_am_alive_time < @IAmAliveTime
    AND coalesce(suspect_times, '') = ''
$q$),
-- Optional, and then used instead: the silo reads the table, judges by all of a row's times, and removes exactly the row that it read.
('CleanupDefunctSiloEntryKey', $q$
  DELETE FROM membership
  WHERE cluster_id = @DeploymentId AND status = 6 AND address = @Address AND port = @Port AND generation = @Generation
    AND start_time = @StartTime AND i_am_alive_time = @IAmAliveTime
    AND coalesce(suspect_times, '') = coalesce(@SuspectTimes, '')
$q$),
-- Reminders.
('UpsertReminderRowKey', $q$
  INSERT INTO reminder (service_id, grain_id, reminder_name, start_time, period, grain_hash, version)
  VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, nextval('reminder_version'))
  ON CONFLICT (service_id, grain_id, reminder_name) DO UPDATE
  SET start_time = excluded.start_time, period = excluded.period, grain_hash = excluded.grain_hash, version = excluded.version
  RETURNING version AS Version
$q$),
('ReadReminderRowsKey', $q$
  SELECT grain_id AS GrainId, reminder_name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
  FROM reminder
  WHERE service_id = @ServiceId AND grain_id = @GrainId
$q$),
('ReadReminderRowKey', $q$
  SELECT grain_id AS GrainId, reminder_name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
  FROM reminder
  WHERE service_id = @ServiceId AND grain_id = @GrainId AND reminder_name = @ReminderName
$q$),
-- A range of the ring, its end included; the second is one that runs over the end of the ring.
('ReadRangeRows1Key', $q$
  SELECT grain_id AS GrainId, reminder_name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
  FROM reminder
  WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash
$q$),
('ReadRangeRows2Key', $q$
  SELECT grain_id AS GrainId, reminder_name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
  FROM reminder
  WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)
$q$),
('DeleteReminderRowKey', $q$
  WITH gone AS (
    DELETE FROM reminder
    WHERE service_id = @ServiceId AND grain_id = @GrainId AND reminder_name = @ReminderName AND version = @Version
    RETURNING 1
  )
  SELECT count(*) > 0 FROM gone
$q$),
('DeleteReminderRowsKey', $q$
  DELETE FROM reminder WHERE service_id = @ServiceId
$q$);

-- The store, schema 1. Numbered files are applied in order, one transaction each, and never changed once released.
-- Lists (scope, kept) are one text with a line for each name; times are seconds UTC.
-- In the dialect of SQLite; elsewhere INTEGER for times is BIGINT, GLOB is a regular expression, WITHOUT ROWID is left out.

-- The ledger: one row an event, chained by mac over all columns before it. Nothing personal stands here.
CREATE TABLE event (
  seq          INTEGER PRIMARY KEY CHECK (seq > 0),
  id           TEXT NOT NULL UNIQUE,
  action       TEXT NOT NULL,
  reason       TEXT NOT NULL,
  received_at  INTEGER NOT NULL,
  recorded_at  INTEGER NOT NULL,
  channel      TEXT NOT NULL,
  scope        TEXT,
  kept         TEXT,
  wish         TEXT,
  actor        TEXT NOT NULL,
  related      TEXT,
  program      TEXT NOT NULL,
  confirmation TEXT,
  digest       TEXT NOT NULL,
  mac          TEXT NOT NULL
);
-- The same wish twice at most: as a HOLD, and as the opt-out that it was raised to.
CREATE UNIQUE INDEX event_by_wish ON event (wish, action);
CREATE INDEX event_by_related ON event (related) WHERE related IS NOT NULL;

-- The personal part of an event, with the salt of its digest. An erasure deletes the row.
CREATE TABLE person (
  seq         INTEGER PRIMARY KEY REFERENCES event (seq),
  key_version INTEGER NOT NULL CHECK (key_version = 1),
  salt        TEXT NOT NULL,
  address     TEXT NOT NULL CHECK (
    length (CAST (address AS BLOB)) BETWEEN 3 AND 320
    AND length (rtrim (address, replace (address, '@', ''))) > 1
    AND substr (address, length (rtrim (address, replace (address, '@', ''))) + 1) <> ''
    AND substr (address, length (rtrim (address, replace (address, '@', ''))) + 1)
      = lower (substr (address, length (rtrim (address, replace (address, '@', ''))) + 1))
    AND address NOT GLOB '*[' || char (1, 45, 31, 127) || ']*'),
  details     TEXT NOT NULL
);
CREATE INDEX person_by_address ON person (address, seq);

-- What holds now. who: a canonical address, or 'hmac:' and its keyed hash once it is erased.
CREATE TABLE standing (
  who         TEXT NOT NULL CHECK (
    (who GLOB 'hmac:*' AND length (who) = 69)
    OR (length (CAST (who AS BLOB)) BETWEEN 3 AND 320
      AND length (rtrim (who, replace (who, '@', ''))) > 1
      AND substr (who, length (rtrim (who, replace (who, '@', ''))) + 1) <> ''
      AND substr (who, length (rtrim (who, replace (who, '@', ''))) + 1)
        = lower (substr (who, length (rtrim (who, replace (who, '@', ''))) + 1))
      AND who NOT GLOB '*[' || char (1, 45, 31, 127) || ']*')),
  category    TEXT NOT NULL,
  reason      TEXT NOT NULL,
  hold        TEXT NOT NULL,
  key_version INTEGER NOT NULL CHECK (key_version = 1),
  is_out      INTEGER NOT NULL CHECK (is_out IN (0, 1)),
  received_at INTEGER NOT NULL,
  kept        TEXT,
  event       TEXT NOT NULL,
  channel     TEXT NOT NULL,
  PRIMARY KEY (who, category, reason, hold)
) WITHOUT ROWID;
CREATE INDEX standing_by_hold ON standing (hold) WHERE hold <> '';

-- Replies waiting to be sent, and what became of them; the mail of one that is sent is emptied.
CREATE TABLE reply (
  id         TEXT PRIMARY KEY NOT NULL,
  event      TEXT,
  sender     TEXT NOT NULL,
  recipient  TEXT NOT NULL,
  mail       BLOB NOT NULL,
  queued_at  INTEGER NOT NULL,
  next_at    INTEGER NOT NULL,
  tries      INTEGER NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'uncertain', 'failed')),
  last_error TEXT
);
CREATE INDEX reply_by_state ON reply (state, next_at, id);

-- Replies counted against a budget; name is a keyed hash. A row counts until until_at.
CREATE TABLE budget (
  id       TEXT PRIMARY KEY NOT NULL,
  name     TEXT NOT NULL,
  spent_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX budget_by_name ON budget (name, spent_at);
CREATE INDEX budget_by_until ON budget (until_at, id);

-- Mails kept whole until a person decides; the mail itself is a file beside the database. decided_at 0: open.
CREATE TABLE held (
  id         TEXT PRIMARY KEY NOT NULL,
  address    TEXT,
  why        TEXT NOT NULL,
  summary    TEXT NOT NULL,
  sender     TEXT,
  recipient  TEXT,
  held_at    INTEGER NOT NULL,
  decided_at INTEGER NOT NULL,
  decision   TEXT,
  actor      TEXT,
  event      TEXT
);
CREATE INDEX held_by_decided ON held (decided_at, held_at, id);

-- Small marks; '.ledger' is the seal of the ledger: count, erased, head, MAC.
CREATE TABLE mark (
  name  TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) WITHOUT ROWID;

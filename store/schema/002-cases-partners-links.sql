-- Schema 2: events of the house itself, evidence that can be dropped by itself, cases, partners, links.

-- A person's row may lose its details before its address (retention): they have a salt and a digest of their own, and the
-- digest in the ledger is taken over address and evidence. Rows of schema 1 have no evidence column set: their digest is
-- taken over address and details together. An event of the house (import, export, keys) has details and no address.
-- The shape of an address is asked for as in schema 1, but in a fourth of the time where it has one @, as nearly all have.
CREATE TABLE person_2 (
  seq           INTEGER PRIMARY KEY REFERENCES event (seq),
  key_version   INTEGER NOT NULL CHECK (key_version = 1),
  salt          TEXT NOT NULL,
  address       TEXT CHECK (
    length (CAST (address AS BLOB)) BETWEEN 3 AND 320
    AND address NOT GLOB '*[' || char (1, 45, 31, 127) || ']*'
    AND CASE WHEN address GLOB '*@*@*'
      THEN length (rtrim (address, replace (address, '@', ''))) > 1
        AND substr (address, length (rtrim (address, replace (address, '@', ''))) + 1) <> ''
        AND substr (address, length (rtrim (address, replace (address, '@', ''))) + 1)
          = lower (substr (address, length (rtrim (address, replace (address, '@', ''))) + 1))
      ELSE address GLOB '?*@?*' AND address NOT GLOB '*@*[A-Z]*' END),
  evidence      TEXT,
  evidence_salt TEXT,
  details       TEXT
);
INSERT INTO person_2 SELECT seq, key_version, salt, address, NULL, NULL, details FROM person;
DROP TABLE person;
ALTER TABLE person_2 RENAME TO person;
CREATE INDEX person_by_address ON person (address, seq);

-- The standing as it was, the shape of its addresses asked for in the same way.
CREATE TABLE standing_2 (
  who         TEXT NOT NULL CHECK (
    (who GLOB 'hmac:*' AND length (who) = 69)
    OR (length (CAST (who AS BLOB)) BETWEEN 3 AND 320
      AND who NOT GLOB '*[' || char (1, 45, 31, 127) || ']*'
      AND CASE WHEN who GLOB '*@*@*'
        THEN length (rtrim (who, replace (who, '@', ''))) > 1
          AND substr (who, length (rtrim (who, replace (who, '@', ''))) + 1) <> ''
          AND substr (who, length (rtrim (who, replace (who, '@', ''))) + 1)
            = lower (substr (who, length (rtrim (who, replace (who, '@', ''))) + 1))
        ELSE who GLOB '?*@?*' AND who NOT GLOB '*@*[A-Z]*' END)),
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
INSERT INTO standing_2 SELECT * FROM standing;
DROP TABLE standing;
ALTER TABLE standing_2 RENAME TO standing;
CREATE INDEX standing_by_hold ON standing (hold) WHERE hold <> '';

-- Which events spoke of an address that is erased: 'hmac:' and its keyed hash.
CREATE TABLE erased (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  who TEXT NOT NULL CHECK (who GLOB 'hmac:*' AND length (who) = 69)
);
CREATE INDEX erased_by_who ON erased (who, seq);

-- Cases: what a person asked for that somebody must do. id and kind are the event's; closed_at 0: open.
CREATE TABLE request (
  id        TEXT PRIMARY KEY NOT NULL,
  kind      TEXT NOT NULL,
  who       TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER NOT NULL,
  outcome   TEXT,
  actor     TEXT,
  event     TEXT
);
CREATE INDEX request_by_closed ON request (closed_at, opened_at, id);
CREATE INDEX request_by_who ON request (who, opened_at, id);
INSERT INTO request
  SELECT event.id, event.action, person.address, event.received_at, 0, NULL, NULL, NULL FROM event
  JOIN person ON person.seq = event.seq
  WHERE event.action IN ('erasure', 'access', 'correction', 'no-sharing') AND person.address IS NOT NULL;

-- Partners, whom we tell who opted out, and what each was handed: the ledger from since_seq (not with it) up to upto_seq.
CREATE TABLE partner (
  name       TEXT PRIMARY KEY NOT NULL,
  generation INTEGER NOT NULL CHECK (generation > 0),
  seed       TEXT,
  added_at   INTEGER NOT NULL,
  retired_at INTEGER NOT NULL,
  actor      TEXT NOT NULL,
  event      TEXT NOT NULL
);
CREATE TABLE handover (
  partner   TEXT NOT NULL,
  number    INTEGER NOT NULL CHECK (number > 0),
  kind      TEXT NOT NULL CHECK (kind IN ('full', 'delta')),
  since_seq INTEGER NOT NULL,
  upto_seq  INTEGER NOT NULL,
  entries   INTEGER NOT NULL,
  sha256    TEXT NOT NULL,
  made_at   INTEGER NOT NULL,
  acked_at  INTEGER NOT NULL,
  actor     TEXT NOT NULL,
  event     TEXT NOT NULL,
  PRIMARY KEY (partner, number)
);
-- What an erased address is called towards a partner, under its key of that generation: its hash can be made only while
-- the address is known.
CREATE TABLE partner_hash (
  who        TEXT NOT NULL,
  partner    TEXT NOT NULL,
  generation INTEGER NOT NULL,
  hash       TEXT NOT NULL,
  PRIMARY KEY (who, partner)
);

-- Two addresses of one person, by proof: a stop of one holds for the other. Each link stands twice, once from each side.
CREATE TABLE link (
  who       TEXT NOT NULL,
  other     TEXT NOT NULL,
  linked_at INTEGER NOT NULL,
  event     TEXT NOT NULL,
  PRIMARY KEY (who, other)
);
CREATE INDEX link_by_event ON link (event);

-- What was answered to an event.
CREATE INDEX reply_by_event ON reply (event) WHERE event IS NOT NULL;
-- When a reply was sent, given up, or last tried; 0: not yet.
ALTER TABLE reply ADD COLUMN settled_at INTEGER NOT NULL DEFAULT 0;
-- When the wish that it answers reached us; 0: it answers none.
ALTER TABLE reply ADD COLUMN asked_at INTEGER NOT NULL DEFAULT 0;
UPDATE reply SET asked_at = coalesce ((SELECT received_at FROM event WHERE event.id = reply.event), 0);

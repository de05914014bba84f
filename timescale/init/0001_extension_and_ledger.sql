-- These files run in order, by Docker's initdb or by the migrator (npm run migrate), and again without harm: every
-- statement is idempotent. A file that has been released is never edited; a change is a new file.

CREATE EXTENSION IF NOT EXISTS timescaledb;

CREATE TABLE IF NOT EXISTS schema_migrations (
    id          integer     PRIMARY KEY,
    name        text        NOT NULL,
    checksum    text        NOT NULL,
    applied_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE schema_migrations IS 'Ledger of the migrator: which files of timescale/init were applied, with the SHA-256 of each.';

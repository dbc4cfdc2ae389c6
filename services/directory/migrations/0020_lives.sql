-- From when to when a room was open, for the hallway as it was. A join changes neither. Rooms that ended before this
-- get their end from the log, by `hallway rebuild`.
alter table room_card add column ended_at timestamptz;
create index room_card_lives on room_card using gist (tstzrange(started_at, ended_at)) where started_at is not null;

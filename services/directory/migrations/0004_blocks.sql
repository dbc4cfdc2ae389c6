-- Whom somebody has blocked, and since when.
create table user_blocks (
    blocker_id uuid        not null,
    blocked_id uuid        not null,
    blocked_at timestamptz not null,
    primary key (blocker_id, blocked_id)
);
create index user_blocks_newest on user_blocks (blocker_id, blocked_at desc, blocked_id desc); -- "whom have I blocked"

-- A planned room opens by itself when it is due.
alter table deadlines drop constraint deadlines_kind_check;
alter table deadlines add check (kind in ('grace', 'invitation', 'countdown', 'opening'));

-- In which rooms somebody is.
create index presence_user on presence (user_id);

-- Who has blocked whom, by user.events.v1; `seq` is the version of the blocker's stream that said so last.
create table blocks (
    blocker_id uuid    not null,
    blocked_id uuid    not null,
    blocked    boolean not null,
    seq        bigint  not null,
    primary key (blocker_id, blocked_id)
);
create index blocks_blocked on blocks (blocked_id);

-- Who may enter rooms for members only. The clubs are read again from their beginning, for it was not kept so far.
create table club_members (
    club_id uuid not null,
    user_id uuid not null,
    primary key (club_id, user_id)
);
truncate clubs;
delete from projection_offsets where projection = 'rooms-clubs';

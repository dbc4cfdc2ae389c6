-- Clubs have members of their own now, and keep people out: their facts are read again from the beginning.
truncate clubs, club_members;
delete from projection_offsets where projection = 'rooms-clubs';

-- Whom a club keeps out, by club.events.v1; `seq` is the version of the club's stream that said so last.
create table club_bans (
    club_id uuid    not null,
    user_id uuid    not null,
    banned  boolean not null,
    seq     bigint  not null,
    primary key (club_id, user_id)
);

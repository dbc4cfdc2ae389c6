create table clubs (
    id             uuid        primary key,
    name           text        not null,
    topic_id       uuid        not null,
    founder_id     uuid        not null,
    founded_at     timestamptz not null,
    follower_count int         not null default 0
);
create index clubs_by_name on clubs (name collate "C", id);

create table club_admins (
    club_id uuid not null references clubs,
    user_id uuid not null,
    primary key (club_id, user_id)
);

create table club_followers (
    user_id uuid not null,
    club_id uuid not null references clubs,
    primary key (user_id, club_id) -- "the clubs that I follow" is what is asked
);

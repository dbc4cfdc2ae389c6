-- What people say of themselves, and whom and what they follow, the latest first.
alter table users
    add column bio text not null default '',
    add column links text[] not null default '{}',
    add column email_verified boolean not null default false;

alter table user_follows add column followed_at timestamptz not null default now();
create index user_follows_newest on user_follows (follower_id, followed_at desc, followed_id desc);
create index user_follows_followers on user_follows (followed_id, followed_at desc, follower_id desc);

create table user_topics (
    user_id     uuid        not null,
    topic_id    uuid        not null,
    followed_at timestamptz not null,
    primary key (user_id, topic_id)
);
create index user_topics_followers on user_topics (topic_id);

-- Clubs have members. Who runs one is a member of it, the founder first.
alter table clubs
    add column description text not null default '',
    add column rules text not null default '',
    add column admission text not null default 'open',
    add column member_count int not null default 0;

create table club_members (
    club_id uuid        not null references clubs,
    user_id uuid        not null,
    role    text        not null, -- founder, admin, member
    rank    smallint    not null generated always as (case role when 'founder' then 0 when 'admin' then 1 else 2 end) stored,
    since   timestamptz not null,
    primary key (club_id, user_id)
);
create index club_members_in_order on club_members (club_id, rank, since, user_id);
create index club_members_of on club_members (user_id, since desc, club_id); -- "the clubs that I belong to"

insert into club_members (club_id, user_id, role, since)
select club_id, user_id, min(role), min(founded_at) from (
    select id as club_id, founder_id as user_id, 'founder' as role, founded_at from clubs
    union all
    select a.club_id, a.user_id, 'admin', c.founded_at from club_admins a join clubs c on c.id = a.club_id
    where a.user_id <> c.founder_id
) running
group by club_id, user_id;
update clubs set member_count = (select count(*) from club_members m where m.club_id = clubs.id);
drop table club_admins;

-- Who waits at a club's door: asked to come in, or was invited.
create table club_waiting (
    club_id uuid        not null references clubs,
    user_id uuid        not null,
    kind    text        not null, -- asked, invited
    by      uuid,                 -- who invited
    since   timestamptz not null,
    primary key (club_id, user_id)
);
create index club_waiting_in_order on club_waiting (club_id, kind, since, user_id);
create index club_waiting_of on club_waiting (user_id, since desc, club_id);

create table club_bans (
    club_id uuid        not null references clubs,
    user_id uuid        not null,
    by      uuid        not null,
    since   timestamptz not null,
    primary key (club_id, user_id)
);
create index club_bans_newest on club_bans (club_id, since desc, user_id desc);

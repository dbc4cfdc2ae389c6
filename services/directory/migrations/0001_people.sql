-- People, and what no fact may carry: names as they are now, e-mail, password hashes, keys, sessions.
create table users (
    id        uuid        primary key,
    username  text        not null,
    name      text        not null,
    email     text,
    joined_at timestamptz not null
);
create unique index users_username on users (lower(username));

create table credentials (
    user_id       uuid primary key references users on delete cascade,
    password_hash text not null -- argon2id, with its parameters
);

-- What `sealed` in the facts is sealed under. Destroying a row erases a person from every log, for ever.
create table user_keys (
    user_id uuid  primary key,
    key     bytea not null
);

create table user_follows (
    follower_id uuid not null,
    followed_id uuid not null,
    primary key (follower_id, followed_id)
);

-- A session that outlives its access tokens. Each refresh makes a new secret; a former one that comes again was stolen.
create table refresh_families (
    id              uuid        primary key,
    user_id         uuid        not null references users on delete cascade,
    secret_sha256   bytea       not null,
    previous_sha256 bytea,
    rotated_at      timestamptz not null,
    expires_at      timestamptz not null,
    revoked         boolean     not null default false
);
create index refresh_families_expiry on refresh_families (expires_at);

-- Mails that are to be sent, and what their links are worth: the secret is made when one is sent, and only its hash is kept.
create table mails (
    id            uuid        primary key default gen_random_uuid(),
    user_id       uuid        not null references users on delete cascade,
    purpose       text        not null, -- verify, reset
    email         text        not null,
    asked_at      timestamptz not null,
    claimed_at    timestamptz,          -- an instance is sending it; another may try when that takes too long
    sent_at       timestamptz,
    expires_at    timestamptz not null,
    secret_sha256 bytea       unique
);
create index mails_unsent on mails (asked_at) where sent_at is null;
create unique index mails_one_each on mails (user_id, purpose); -- asked for again, the former link is worth nothing

-- Which browser a session is in, for whoever looks at theirs.
alter table refresh_families
    add column name text not null default '',
    add column signed_in_at timestamptz not null default now();
create index refresh_families_of on refresh_families (user_id);

-- Who signs in through an OIDC provider.
create table provider_identities (
    issuer  text not null,
    subject text not null,
    user_id uuid not null references users on delete cascade,
    primary key (issuer, subject)
);
create index provider_identities_of on provider_identities (user_id);

-- How soon somebody may try again: the same for all instances. The key says neither who nor from where.
create unlogged table rate_limits (
    key     bytea       primary key,
    free_at timestamptz not null -- when all that was taken is given back
);
create index rate_limits_free on rate_limits (free_at);

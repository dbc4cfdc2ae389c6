-- Keys of an issuer, private halves encrypted with a key from settings.
create table signing_keys (
    kid        text        primary key,
    sealed     bytea       not null,
    public     jsonb       not null,
    created_at timestamptz not null default now()
);

-- Records that an operator has dropped: whoever folds the log again passes them over, too.
create table dropped_letters (
    projection text        not null,
    topic      text        not null,
    partition  int         not null,
    "offset"   bigint      not null,
    stream     uuid,
    reason     text        not null,
    at         timestamptz not null default now(),
    primary key (projection, topic, partition, "offset")
);

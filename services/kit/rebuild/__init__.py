"""A read model made again from its log, beside the live one, and put in its place.

`schema` makes empty tables like the live ones, `fill` folds the log into them (in processes of their own), `follower`
keeps them up to date as a projection of another name would be, `compare` says what differs, `swap` changes them over in
one short transaction. `run` does it all, and leaves nothing when it is stopped.
"""

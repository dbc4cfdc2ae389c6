"""The only shared vocabulary: facts, envelopes and the words that services and clients have in common. No I/O."""

"""The hallway as a fold of room facts: `card` is pure, `tables` is SQL, `model` joins them for the kit's projection."""

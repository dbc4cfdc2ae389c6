"""The hallway while one looks at it: changes of cards, pushed to whoever has it open."""

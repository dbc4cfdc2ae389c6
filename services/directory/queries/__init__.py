"""SQL that answers questions. What is read here is never decided upon."""

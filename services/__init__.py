"""The four services and the kit they share."""

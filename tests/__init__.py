"""Tests: unit (pure, seconds), integration (real Kafka and Postgres), contract, e2e (a real browser)."""

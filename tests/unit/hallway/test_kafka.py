"""What Kafka runs from: jars that are the locked ones, on a Java that is new enough."""

import hashlib
from pathlib import Path

import pytest

from hallway.parts import jars, java

LOCK = """
[[dependencies]]
artifactId = "kafka-clients"
version = "4.2.0"
sha256 = "{}"
"""


def test_jars_as_locked_differ_in_nothing(tmp_path: Path) -> None:
    (tmp_path / "kafka-clients-4.2.0.jar").write_bytes(b"jar")
    assert jars.differences(LOCK.format(hashlib.sha256(b"jar").hexdigest()), tmp_path) == []


def test_a_changed_a_missing_and_an_unknown_jar_are_named(tmp_path: Path) -> None:
    lock = LOCK.format(hashlib.sha256(b"jar").hexdigest())
    assert jars.differences(lock, tmp_path) == ["kafka-clients-4.2.0.jar is missing"]
    (tmp_path / "kafka-clients-4.2.0.jar").write_bytes(b"another")
    (tmp_path / "more-1.jar").write_bytes(b"")
    assert jars.differences(lock, tmp_path) == [
        "kafka-clients-4.2.0.jar has another SHA-256",
        "more-1.jar is not in the lock",
    ]


@pytest.mark.parametrize(("said", "uses_it"), [("21.0.4", True), ("17", True), ("11.0.2", False), ("1.8.0_402", False)])
def test_java_home_is_used_when_new_enough(
    said: str, uses_it: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch()
    (tmp_path / "release").write_text(f'IMPLEMENTOR="X"\nJAVA_VERSION="{said}"\n')
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert (java.command()[0] == str(tmp_path / "bin" / "java")) is uses_it


def test_a_java_home_without_java_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert java.version_of(tmp_path) is None
    assert Path(java.command()[0]).exists()

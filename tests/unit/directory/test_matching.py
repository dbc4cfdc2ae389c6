"""Search forgives typing errors, and does not find everything."""

import pytest

from services.directory.queries.matching import Typed, words_of


def found(typed: str, *texts: str) -> bool:
    return Typed.of(typed).score(texts) > 0


def best(typed: str, *texts: str) -> list[str]:
    return sorted(texts, key=lambda text: -Typed.of(typed).score([text]))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("rick", "Rick Sanchez"),
        ("rikc", "Rick Sanchez"),
        ("rck", "Rick Sanchez"),
        ("rickk", "Rick Sanchez"),
        ("jhon", "John Wicker"),
        ("sanchz", "Rick Sanchez"),
        ("Sárah", "Sarah Connolly"),
        ("senor", "El Señor"),
        ("stretcing", "Ten minutes of stretching, together"),
        ("physisist", "Ask a physicist anything"),
        ("goverments", "World Governments"),
        ("soundtrak", "The best soundtracks in games"),
        ("spe", "Speedruns we still talk about"),
        ("cj", "CJ Johnson"),
        ("robot kitchn", "Robots in the kitchen"),
        ("жизнь", "Жизнь в городе"),
        ("会議", "会議室"),
    ],
)
def test_what_was_meant_is_found(typed: str, text: str) -> None:
    assert found(typed, text)
    looked_up = set(Typed.of(typed).all_of) | set(Typed.of(typed).some_of)
    assert looked_up & {key for word in words_of(text) for key in (*Typed((word,)).all_of, *Typed((word,)).some_of)}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("rick", "Sarah"),
        ("jazz", "Jam"),
        ("cat", "bat"),
        ("rick portals", "Rick Sanchez"),
        ("!?", "Rick"),
        ("xy", "Rick"),
    ],
)
def test_what_is_something_else_is_not(typed: str, text: str) -> None:
    assert not found(typed, text)


def test_every_word_has_to_be_somewhere_in_what_a_card_shows() -> None:
    assert found("rick portals", "Portals: what could go wrong", "The Council of Ricks", "Rick Sanchez")
    assert not found("rick portals", "Portals: what could go wrong", "Video Games")


def test_the_same_word_is_better_than_its_beginning_and_that_is_better_than_a_typing_error() -> None:
    assert best("jazz", "Jzaz", "Jazzy nights", "Jazz at noon") == ["Jazz at noon", "Jazzy nights", "Jzaz"]


def test_only_the_longest_word_is_looked_up_and_single_letters_are_not() -> None:
    assert Typed.of("a robot b").longest == "robot"
    assert Typed.of("a b").all_of == []
    assert len(Typed.of(" ".join(f"word{n}" for n in range(20))).words) == 6

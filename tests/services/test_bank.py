"""The bank's words for the note line, as they are read from its files."""

from iview_tui.services import bank


def test_every_form_of_a_sign_is_one_character() -> None:
    """A place in the plain form is a place in the text: one for one, and never ASCII itself."""
    lexicon = bank.lexicon()

    assert all(form > 127 for form in lexicon.signs)
    assert all(sign < 128 for sign in lexicon.signs.values())
    assert lexicon.plain("＠Dele５“٣") == '@Dele5"3'


def test_lists_are_folded_and_without_remarks() -> None:
    """What is looked up is lower case; a remark is no word."""
    lexicon = bank.lexicon()
    lists = (lexicon.commonest, lexicon.bodies, lexicon.days, lexicon.nobody, lexicon.quantities)

    for words in lists:
        assert words
        assert all(word == word.casefold() and "#" not in word for word in words)


def test_the_lists_hold_what_the_rules_name() -> None:
    """The words of the rule for a sure name, and those of quantity."""
    lexicon = bank.lexicon()

    assert {"team", "council", "office", "institute"} <= lexicon.bodies
    assert {"tuesday"} <= lexicon.days
    assert {"the", "someone", "msg", "event"} <= lexicon.commonest
    assert {"half", "most", "some", "about"} <= lexicon.quantities


def test_it_is_read_once() -> None:
    """Every line is read by the same value."""
    assert bank.lexicon() is bank.lexicon()
    assert bank.lexicon(crash=True).commonest is bank.lexicon().commonest

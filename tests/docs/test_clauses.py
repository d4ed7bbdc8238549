"""The page that says which clause of a notice is held by what leaves no citation out, and names nothing that is not there."""

from collections import Counter

import pytest

from docs.clauses import ListedClause, cited, listed_clauses, sections
from docs.holders import clause_of, every_holder, named, strays
from docs.pages.clauses import held_by
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice

NOTICES = listed_clauses()


def test_every_clause_that_a_declaration_cites_is_listed() -> None:
    assert strays() == []


def test_the_notices_of_the_list_are_those_of_the_program_that_stand_by_themselves() -> None:
    notices = [Notice.load(name) for name in known_notices()]
    assert set(NOTICES) == {notice.title[:2] for notice in notices if not notice.inherits}


@pytest.mark.parametrize("county", NOTICES)
def test_a_clause_is_listed_once_and_says_briefly_what_it_asks(county: str) -> None:
    assert [clause for clause, times in Counter(c.clause for c in NOTICES[county]).items() if times > 1] == []
    assert [c.clause for c in NOTICES[county] if not 6 <= len(c.asks) <= 26] == []


@pytest.mark.parametrize("county", NOTICES)
def test_only_a_clause_that_is_held_has_a_part_left_over(county: str) -> None:
    """Where nothing holds a clause, the whole of it is left."""
    listed = NOTICES[county]
    holders = [holder for holder in every_holder() if holder.county == county]
    assert [c.clause for c in listed if c.left and not held_by(c, listed, holders)] == []


def test_what_is_named_by_hand_is_there_and_not_derived_already() -> None:
    holders = every_holder()
    for county, listed in NOTICES.items():
        for clause in listed:
            derived = {
                h.what for h in holders if h.county == county and clause_of(h.section, listed) == clause
            }
            assert not derived & {named(name) for name in clause.by_hand}, clause.clause


def test_a_name_that_nothing_has_is_refused() -> None:
    with pytest.raises(ValueError, match="L999"):
        named("L999")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("附2三(五)、(六)", ["附2三(五)", "附2三(六)"]),
        ("四(一)，五(三)", ["四(一)", "五(三)"]),
        ("一、二(三)", ["一", "二(三)"]),
        ("二(二)2(2)、2(3)", ["二(二)2(2)", "二(二)2(3)"]),
        ("附2四(二)，二(二)", ["附2四(二)", "二(二)"]),  # a chapter begins anew: the body, not the annex
        ("四(二)，附件1，附件2", ["四(二)", "附件1", "附件2"]),
    ],
)
def test_a_citation_may_mean_several_clauses(text: str, meant: list[str]) -> None:
    assert ["".join(section) for section in sections(text)] == meant


def test_a_citation_may_name_several_notices() -> None:
    assert list(cited("云阳 二(三)2；融安2022 二(二)3(4)")) == [
        ("云阳", ("二", "(三)", "2")),
        ("融安", ("二", "(二)", "3", "(4)")),
    ]


def test_a_text_that_is_no_citation_is_refused() -> None:
    with pytest.raises(ValueError, match="第三条"):
        list(sections("二(三)、第三条"))


def test_a_citation_belongs_to_the_closest_clause_and_a_chapter_to_none() -> None:
    listed = [ListedClause(clause=name, asks="甲乙丙丁戊己", kinds=("数",)) for name in ("三(六)", "三(六)1")]
    assert clause_of(("三", "(六)", "1"), listed) == listed[1]
    assert clause_of(("三", "(六)", "2"), listed) == listed[0]
    assert clause_of(("三",), listed) is None
